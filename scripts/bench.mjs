// npm run bench [-- ROUNDS CALLS]: what a paid call costs beside the same call unpaid and direct, in one run.
// npm run bench -- infra [SECONDS GROUPS RATE]: what five control daemons need under load, and whether their ledgers are exact.
// npm run bench -- silence [RUN …]: how long nothing of a run comes on a host while more is on its way (BERTY_LOAD_SCALE=1).
// npm run bench -- etcd [SECONDS ROUNDS]: payments a second in etcd, beside the separate requests of the reference.
// npm run bench -- upload [MIB UPLOADS]: what the daemon holds of uploads of data to train with, which pass through it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeReady, root } from './lib/ready.mjs'
import { ETCD, requireProgram } from './lib/test-programs.mjs'

const [first, ...rest] = process.argv.slice(2)
const BENCHES = { infra: 'infra-load.ts', silence: 'infra-silence.ts', upload: 'upload.ts', etcd: 'etcd.ts' }
const [name, args] = first in BENCHES ? [BENCHES[first], rest] : ['paid-call.ts', process.argv.slice(2)]
makeReady()
if (name === 'etcd.ts') requireProgram(ETCD)
const bench = ['--import', 'tsx', join(root, 'bench', name), ...args]
process.exitCode = spawnSync(process.execPath, bench, { cwd: root, stdio: 'inherit' }).status ?? 1
