/**
 * What passing a call on costs, beside nghttpx, in one run: processor time of the process that passes on, and what it
 * adds to the time of a call. Machines differ and drift: compare the ratios. Targets take turns; medians are shown.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderTable } from '../src/client/index.js'
import { startChild } from '../src/sandbox/child.js'
import { cpuSeconds, median } from './load.js'

const [ROUNDS = 5, SCALE = 1] = process.argv.slice(2).map(Number)
const SHAPES = [
  { bytes: 100, connections: 10, streams: 10, calls: 20_000 },
  { bytes: 100, connections: 1, streams: 1, calls: 4_000 },
  { bytes: 100, connections: 1, streams: 100, calls: 20_000 },
  { bytes: 100, connections: 100, streams: 10, calls: 20_000 },
  { bytes: 4_096, connections: 10, streams: 10, calls: 20_000 },
  { bytes: 65_536, connections: 10, streams: 10, calls: 4_000 },
  { bytes: 1_048_576, connections: 4, streams: 2, calls: 300 },
]

const directory = mkdtempSync(join(tmpdir(), 'snetd-bench-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))

/** What passes calls on has a core of its own; those who make and answer them share the other. */
const onCore = (core: 0 | 1, command: string, args: readonly string[]) => ({
  command: 'taskset',
  args: ['-c', String(core), command, ...args],
})
const here = import.meta.dirname
const program = (core: 0 | 1, file: string, ...args: string[]) =>
  onCore(core, process.execPath, [join(here, file), ...args])

interface Target {
  readonly name: string
  readonly endpoint: string
  readonly pid: number
}

await using service = await startChild({ ...program(1, 'echo-service.js'), ready: /^ready service=(\S+)/ })
const gateOver = async (plane: string) =>
  await startChild({
    ...program(0, 'unpaid-gate.js', service.ready),
    env: { ...process.env, DATA_PLANE: plane },
    ready: /^ready endpoint=(\S+)/,
  })
await using framed = await gateOver('frames')
await using node = await gateOver('node')
await using nghttpx = await startNghttpx(service.ready)
const pidOf = (child: { process: { pid?: number | undefined } }): number => child.process.pid as number
const targets: readonly Target[] = [
  { name: 'nghttpx', endpoint: nghttpx.endpoint, pid: nghttpx.pid },
  { name: 'gate, our frames', endpoint: framed.ready, pid: pidOf(framed) },
  { name: 'gate, node:http2', endpoint: node.ready, pid: pidOf(node) },
  { name: 'the service itself', endpoint: service.ready, pid: pidOf(service) },
]

for (const shape of SHAPES) {
  const body = join(directory, `${shape.bytes}`)
  writeFileSync(body, grpcMessage(shape.bytes))
  const calls = Math.max(shape.connections * shape.streams, Math.round(shape.calls * SCALE))
  const seen = targets.map((target) => ({ ...target, cpu: [] as number[], p50: [] as number[], p99: [] as number[] }))
  for (let round = -1; round < ROUNDS; round++) {
    for (const { endpoint, pid, cpu, p50, p99 } of seen) {
      const before = cpuSeconds(pid)
      const times = load(endpoint, body, { ...shape, calls })
      // The first round warms up.
      if (round < 0) continue
      cpu.push(((cpuSeconds(pid) - before) / calls) * 1e6)
      p50.push(times[Math.floor(times.length / 2)] ?? NaN)
      p99.push(times[Math.floor(times.length * 0.99)] ?? NaN)
    }
  }
  const base = median(seen[0]?.cpu ?? [])
  const rows = seen.map(({ name, cpu, p50, p99 }) => [
    name,
    median(cpu).toFixed(1),
    (median(cpu) / base).toFixed(2),
    String(Math.round(median(p50))),
    String(Math.round(median(p99))),
  ])
  const { bytes, connections, streams } = shape
  process.stdout.write(`\n${bytes} bytes, ${connections} connections × ${streams} calls, ${ROUNDS} × ${calls}\n`)
  process.stdout.write(`${renderTable(['target', 'CPU µs per call', 'of nghttpx', 'p50 µs', 'p99 µs'], rows)}\n`)
}

function grpcMessage(bytes: number): Buffer {
  const message = Buffer.alloc(bytes)
  message.writeUInt32BE(bytes - 5, 1)
  return message
}

interface Shape {
  readonly bytes: number
  readonly connections: number
  readonly streams: number
  readonly calls: number
}

/** The times of the calls in µs, shortest first. A call whose answer is not whole ends the run. */
function load(endpoint: string, body: string, { bytes, connections, streams, calls }: Shape): number[] {
  const log = join(directory, 'times')
  rmSync(log, { force: true })
  const args = ['-n', calls, '-c', connections, '-m', streams, '-d', body, `--log-file=${log}`].map(String)
  const headers = ['content-type: application/grpc', 'te: trailers'].flatMap((header) => ['-H', header])
  const { command, args: all } = onCore(1, 'h2load', [...args, ...headers, `http://${endpoint}/example.Echo/echo`])
  const { stdout } = spawnSync(command, all, { encoding: 'utf8' })
  // A call that ended with another status than OK brought no body.
  if (!stdout.includes(`(${calls * bytes}) data`)) throw new Error(`h2load on ${endpoint}:\n${stdout}`)
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  return lines.map((line) => Number(line.split('\t')[2])).sort((a, b) => a - b)
}

async function startNghttpx(backend: string) {
  const port = await freePort()
  const [host, servicePort] = backend.split(':')
  const quiet = ['--errorlog-file=/dev/null', '--accesslog-file=/dev/null', '--conf=/dev/null', '--workers=1']
  const ends = [`-f127.0.0.1,${port};no-tls`, `-b${host},${servicePort};;proto=h2`, '--single-process']
  const { command, args } = onCore(0, 'nghttpx', [...quiet, ...ends])
  const child = spawn(command, args, { stdio: 'ignore' })
  while (!(await answers(port))) if (child.exitCode !== null) throw new Error('nghttpx did not start')
  return {
    endpoint: `127.0.0.1:${port}`,
    pid: child.pid as number,
    async [Symbol.asyncDispose]() {
      child.kill()
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
      .once('connect', () => (socket.destroy(), done(true)))
      .once('error', () => done(false))
  })
}
