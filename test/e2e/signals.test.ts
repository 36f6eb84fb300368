import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Metadata } from '@grpc/grpc-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { controlSocketOf } from '../../src/shared/control-socket.js'
import { packageRoot } from '../../src/shared/package.js'
import { getStatus } from '../../src/shared/wire/grpc/index.js'
import { type EchoService, RawClient, startEchoService } from '../support/echo-service.js'
import { startServe } from '../support/serve.js'
import { tempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'

const asIs = (bytes: Buffer): Buffer => bytes
let service: EchoService
beforeAll(async () => {
  service = await startEchoService()
})
afterAll(() => service[Symbol.asyncDispose]())

const settings = () => ({
  blockchain_enabled: 'false',
  organization_id: 'o',
  service_id: 's',
  service_endpoint: service.url.href,
  ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:9',
})

function clientOf(endpoint: string | undefined): RawClient {
  const [host = '', port] = (endpoint ?? '').split(':')
  return new RawClient({ host, port: Number(port) })
}

test('a gate without a terminal goes on after SIGUSR1, SIGUSR2 and SIGHUP as if nothing had been', async () => {
  await using directory = await tempDir()
  const served = await startServe(settings(), directory.path)
  for (const signal of ['SIGUSR1', 'SIGUSR2', 'SIGHUP'] as const) served.process.kill(signal)
  await until('the last is answered', () => served.lines.some((line) => line.includes('the settings were read again')))
  using client = clientOf(served.endpoint)
  expect(await client.call('/echo.Echo/Unary', [Buffer.from('x')])).toMatchObject({ code: 0 })
  served.process.kill('SIGTERM')
  expect(await served.ended).toBe(0)
  // What node says where it has opened one.
  expect(served.lines.join('\n')).not.toMatch(/debugger/i)
})

test('a gate on a terminal lets calls in flight finish when the terminal is closed', async () => {
  await using directory = await tempDir()
  const dataDir = join(directory.path, 'data')
  const variables = Object.entries({ ...settings(), data_dir: dataDir, daemon_endpoint: '127.0.0.1:0' })
  const env = Object.fromEntries(variables.map(([key, value]) => [`SNET_${key.toUpperCase()}`, value]))
  const program = `exec '${process.execPath}' '${join(packageRoot, 'bin/run.js')}' serve`
  const terminal = spawn('script', ['-qefc', program, '/dev/null'], {
    env: { PATH: process.env['PATH'], HOME: directory.path, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  terminal.stdout.on('data', (part: Buffer) => (said += String(part)))
  await until('it is ready', () => said.includes('ready endpoint='))
  using client = clientOf(/ready endpoint=(\S+)/.exec(said)?.[1])
  const { pid } = await getStatus(await controlSocketOf(dataDir), 5_000)
  const call = client.client.makeBidiStreamRequest('/echo.Echo/Chat', asIs, asIs, new Metadata())
  const ended = new Promise<number>((done) => call.once('status', ({ code }) => done(code)))
  call.write(Buffer.from('x'))
  await once(call, 'data')
  terminal.kill('SIGKILL')
  await until('it stops', async () => (await getStatus(await controlSocketOf(dataDir), 5_000)).phase === 'STOPPING')
  call.resume().end()
  expect(await ended).toBe(0)
  await until('it has ended', () => !isAlive(pid as number))
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
