// npm run bench [-- PART … FLAGS]: what the gate costs beside others, in one run; `npm run bench -- --help` has the parts, the
// flags, and the benches of other things, and docs/benchmarks.md how to read what comes of it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildBench } from './lib/build-bench.mjs'
import { makeReady, root } from './lib/ready.mjs'
import { ETCD, requireProgram } from './lib/test-programs.mjs'

/** Benches of other things than calls, which have a program of their own and numbers in place of flags. */
const OTHERS = {
  infra: 'infra-load',
  silence: 'infra-silence',
  upload: 'upload',
  etcd: 'etcd',
  'etcd-memory': 'etcd-memory',
}
const purpose = 'to measure beside'
const elsewhere = 'get the programs of nghttp2'
const NEEDED = {
  etcd: [ETCD],
  'etcd-memory': [ETCD],
  suite: [
    ETCD,
    { name: 'h2load', package: 'nghttp2-client', purpose, elsewhere },
    { name: 'nghttpx', package: 'nghttp2-proxy', purpose, elsewhere },
    {
      name: 'taskset',
      package: 'util-linux',
      purpose: 'to give what is measured a core of its own',
      elsewhere: 'Linux only',
    },
  ],
}
/** Whoever makes the calls stays off the core of what is measured. */
const ON_ITS_CORE = ['taskset', '-c', '1']

const args = process.argv.slice(2)
const isOther = args[0] in OTHERS
const name = isOther ? OTHERS[args[0]] : 'suite'
makeReady()
for (const program of NEEDED[name] ?? []) requireProgram(program)
const program = [process.execPath, '--expose-gc', join(await buildBench(), `${name}.js`)]
const [command, ...rest] = isOther ? [...program, ...args.slice(1)] : [...ON_ITS_CORE, ...program, ...args]
process.exitCode = spawnSync(command, rest, { cwd: root, stdio: 'inherit' }).status ?? 1
