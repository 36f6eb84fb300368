// npm run test:attack [-- --minutes 60 --seed N --kinds NAME,NAME]: random attacks on two built daemons; ends with which facts hold.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeReady, root } from './lib/ready.mjs'

makeReady()
const main = ['--import', 'tsx', join(root, 'test/support/attacker/main.ts'), ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, main, { cwd: root, stdio: 'inherit' }).status ?? 1
