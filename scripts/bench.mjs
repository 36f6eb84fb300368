// npm run bench [-- ROUNDS CALLS]: what a paid call costs beside the same call unpaid and direct, in one run.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeReady, root } from './lib/ready.mjs'

makeReady()
const bench = ['--import', 'tsx', join(root, 'bench', 'paid-call.ts'), ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, bench, { cwd: root, stdio: 'inherit' }).status ?? 1
