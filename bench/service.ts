/** The example service in a process of its own, so that its work is not counted as anybody else's. */
import { startCalculator } from '../src/sandbox/calculator.js'

const { port } = await startCalculator()
process.stdout.write(`ready service=127.0.0.1:${port}\n`)
