// npm run conformance: h2spec, the conformance suite of HTTP/2, against the gate with either data plane. It is no part of
// `npm test`, as h2spec is a program in Go.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildBench } from './lib/build-bench.mjs'
import { makeReady, root } from './lib/ready.mjs'

const HOW =
  'Type:  go install github.com/summerwind/h2spec/cmd/h2spec@latest   and put $(go env GOPATH)/bin on the PATH.'
const TESTS = 145

if (spawnSync('h2spec', ['--version']).error) {
  process.stderr.write(`h2spec is not on the PATH.\n${HOW}\n`)
  process.exit(2)
}
makeReady()
const programs = await buildBench()

/** Starts one of the bench's programs; its ready line names an address. */
async function start(file, args, env = {}) {
  const child = spawn(process.execPath, [join(programs, 'programs', file), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  process.once('exit', () => child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) {
    const [, address] = /^ready (?:service|endpoint)=(\S+)/.exec(line) ?? []
    if (address) return { child, address }
  }
  throw new Error(`${file} ended before it was ready`)
}

/** How many tests a data plane passes. */
async function passed(plane, service) {
  const { child, address } = await start('unpaid-gate.js', [service], { DATA_PLANE: plane })
  const [host, port] = address.split(':')
  // Not in one go with this process: what the gate prints has to be read.
  const suite = spawn('h2spec', ['-h', host, '-p', port, '-o', '3'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  suite.stdout.on('data', (bytes) => (told += bytes))
  await once(suite, 'close')
  child.kill('SIGKILL')
  const [, count = '0'] = /^\d+ tests, (\d+) passed/m.exec(told) ?? []
  if (Number(count) < TESTS) process.stdout.write(`${told.slice(told.indexOf('Failures:'))}\n`)
  process.stdout.write(`data_plane ${plane}: ${count} of ${TESTS} passed\n`)
  return Number(count)
}

const { address: service } = await start('echo-service.js', [])
const ours = await passed('frames', service)
await passed('node', service)
process.exit(ours === TESTS ? 0 : 1)
