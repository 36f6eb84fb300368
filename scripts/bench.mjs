// npm run bench [-- ROUNDS CALLS]: what a paid call costs beside the same call unpaid and direct, in one run.
// npm run bench -- infra [SECONDS GROUPS RATE]: what five control daemons need under load, and whether their ledgers are exact.
// npm run bench -- silence [RUN …]: how long nothing of a run comes on a host while more is on its way (BERTY_LOAD_SCALE=1).
// npm run bench -- etcd [SECONDS ROUNDS [IN_FLIGHT …]]: payments a second in etcd, beside the separate requests of the reference.
// npm run bench -- etcd-memory [CHANNELS PAYMENTS]: what a daemon holds of a store in etcd with many channels.
// npm run bench -- plane [ROUNDS SCALE]: what passing a call on costs beside nghttpx, with our own HTTP/2 and with Node's.
// npm run bench -- upload [MIB UPLOADS]: what the daemon holds of uploads of data to train with, which pass through it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildBench } from './lib/build-bench.mjs'
import { makeReady, root } from './lib/ready.mjs'
import { ETCD, requireProgram } from './lib/test-programs.mjs'

const [first, ...rest] = process.argv.slice(2)
const BENCHES = {
  ...{ infra: 'infra-load.js', silence: 'infra-silence.js', upload: 'upload.js' },
  ...{ etcd: 'etcd.js', 'etcd-memory': 'etcd-memory.js', plane: 'data-plane.js' },
}
const purpose = 'to measure beside'
const elsewhere = 'get the programs of nghttp2'
const NEEDED = {
  'etcd.js': [ETCD],
  'etcd-memory.js': [ETCD],
  'data-plane.js': [
    { name: 'h2load', package: 'nghttp2-client', purpose, elsewhere },
    { name: 'nghttpx', package: 'nghttp2-proxy', purpose, elsewhere },
  ],
}
const [name, args] = first in BENCHES ? [BENCHES[first], rest] : ['paid-call.js', process.argv.slice(2)]
makeReady()
for (const program of NEEDED[name] ?? []) requireProgram(program)
const bench = ['--expose-gc', join(await buildBench(), name), ...args]
process.exitCode = spawnSync(process.execPath, bench, { cwd: root, stdio: 'inherit' }).status ?? 1
