// npm run test:fuzz [-- --minutes 10 --seed N --kinds NAME,NAME --case SEED]: random traffic through the gate with either HTTP/2,
// in order and out of order, and header blocks beside python3-hpack; each case that fails is told with what repeats it, and memory
// that grows fails as well.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeReady, root } from './lib/ready.mjs'

makeReady({ build: false })
const main = ['--expose-gc', '--import', 'tsx', join(root, 'test/support/fuzz/main.ts'), ...process.argv.slice(2)]
const { status, signal } = spawnSync(process.execPath, main, { cwd: root, stdio: 'inherit' })
if (signal) console.error(`Error: the process of the fuzz was ended by ${signal}.`)
process.exitCode = status ?? 1
