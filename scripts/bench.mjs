// npm run bench [-- ROUNDS CALLS]: what a paid call costs beside the same call unpaid and direct, in one run.
// npm run bench -- infra [SECONDS GROUPS RATE]: what five control daemons need under load, and whether their ledgers are exact.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeReady, root } from './lib/ready.mjs'

const [first, ...rest] = process.argv.slice(2)
const [name, args] = first === 'infra' ? ['infra-load.ts', rest] : ['paid-call.ts', process.argv.slice(2)]
makeReady()
const bench = ['--import', 'tsx', join(root, 'bench', name), ...args]
process.exitCode = spawnSync(process.execPath, bench, { cwd: root, stdio: 'inherit' }).status ?? 1
