/**
 * What the daemon holds of an upload of data to train with, which is larger than anything it should hold: its resident
 * memory before, and while the data pass, from a client to a service that are not in its process.
 */
import { renderTable } from '../src/client/index.js'
import { openNetwork } from '../src/sandbox/index.js'
import { startTrainingGate } from '../test/support/training-gate.js'

const [MIB = 200, UPLOADS = 3] = process.argv.slice(2).map(Number)

await using network = await openNetwork({ searchPath: process.env['PATH'] ?? '' })
await using training = await startTrainingGate(network)
const model = await training.createModel()
const rows: string[][] = []
for (let i = 1; i <= UPLOADS; i++) {
  const start = performance.now()
  const { answer, memory } = await training.upload(model, MIB, BigInt(i) * training.provider.price)
  if (answer.code !== 0) throw new Error(answer.details)
  const [before = 0] = memory
  const seconds = (performance.now() - start) / 1000
  const shown = [before, Math.max(...memory), memory.at(-1) ?? 0].map((size) => `${size.toFixed(0)} MiB`)
  rows.push([String(i), ...shown, `${seconds.toFixed(1)} s`, `${(MIB / seconds).toFixed(0)} MiB/s`])
}
process.stdout.write(`${UPLOADS} uploads of ${MIB} MiB, one after the other, in messages of 1 MiB\n\n`)
process.stdout.write(`${renderTable(['upload', 'before', 'most', 'at the end', 'time', 'rate'], rows)}\n`)
