import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Metadata } from '@grpc/grpc-js'
import { beforeEach, expect, test } from 'vitest'
import { addressOfKey, paymentMessage, signMessage, toAddress } from '../../src/ethereum/index.js'
import { channelId, channelNonce, cogs } from '../../src/shared/units.js'
import { escrowHeaders, type StatusMessage } from '../../src/shared/wire/index.js'
import { runCli } from '../support/cli.js'
import { RawClient } from '../support/echo-service.js'
import { hostileRequests } from '../support/hostile-requests.js'
import { rawClient } from '../support/infra-server.js'
import { ownPaths } from '../support/own-paths.js'
import { startServe } from '../support/serve.js'
import { tempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'

const keys = { user: Buffer.alloc(32, 0x11), stranger: Buffer.alloc(32, 0x22) }
const mpe = toAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3')
const DEVELOPMENT = {
  blockchain_enabled: 'false',
  passthrough_enabled: 'false',
  allowed_user_flag: 'true',
  allowed_user_addresses: addressOfKey(keys.user),
}

let cwd = ''
beforeEach(async () => {
  const temp = await tempDir()
  cwd = temp.path
  return temp.remove
})

function signedBy(key: Uint8Array): Metadata {
  const payment = { channel: channelId(1n), nonce: channelNonce(0n), amount: cogs(1n) }
  const signature = signMessage(key, paymentMessage(mpe, payment))
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(escrowHeaders({ ...payment, signature })))
    metadata.set(name, typeof value === 'string' ? value : Buffer.from(value))
  metadata.set('snet-payment-mpe-address', mpe)
  return metadata
}

test('without a chain only allowed users are served, and everything that tells of the daemon says so', async () => {
  await using served = await startServe(DEVELOPMENT, cwd)
  const port = Number(served.endpoint?.split(':').at(-1))
  using client = rawClient(port)
  const call = (metadata = new Metadata()) => client.ask('/a.B/c', Buffer.from('hello'), metadata)

  expect(await call(signedBy(keys.user))).toMatchObject({ code: 0, bytes: Buffer.from('hello') })
  expect(await call(signedBy(keys.stranger))).toMatchObject({
    code: 13,
    details: 'internal error: you are not Authorized to call this service during curation process',
  })
  expect(await call()).toMatchObject({ code: 3, details: 'missing "snet-payment-channel-id"' })

  const log = served.lines.join('\n')
  expect(log).toContain('calls are NOT PAID, and everybody in allowed_user_addresses is served for nothing')
  expect(log).toContain('allowed_user_flag is true: everybody but these users is refused')
  const heartbeat = (await (await fetch(`http://127.0.0.1:${port}/heartbeat`)).json()) as Record<string, unknown>
  expect(heartbeat).toMatchObject({
    blockchainEnabled: false,
    warnings: [
      'calls are NOT PAID: blockchain_enabled is false',
      'only allowed_user_addresses are served: allowed_user_flag is true',
    ],
  })
  const dataDir = ['--data-dir', join(cwd, 'data')]
  const { stdout } = await runCli(['status', '--json', ...dataDir], { cwd })
  expect((JSON.parse(stdout) as StatusMessage).gate).toMatchObject({ unpaid: true, allowed_users: 1 })
  const shown = (await runCli(['status', ...dataDir], { cwd })).stdout
  expect(shown).toContain(
    'NONE: who is allowed is served for nothing (blockchain_enabled is false, or daemon_type is http)',
  )
  expect(shown).toContain('ONLY 1 allowed user (allowed_user_flag is true)')
})

test('without a chain strangers get ordinary answers of its own services, and it ends as it is told to', async () => {
  await using served = await startServe({ ...DEVELOPMENT, allowed_user_flag: 'false' }, cwd)
  const port = Number(served.endpoint?.split(':').at(-1))
  using client = new RawClient({ host: '127.0.0.1', port })
  for (const [path, lasts] of ownPaths()) {
    // One that lasts is left by its deadline.
    const extras = lasts ? { deadline: new Date(Date.now() + 2_000) } : {}
    const answers = await Promise.all(hostileRequests(20).map((messages) => client.call(path, messages, extras)))
    for (const { code, details } of answers) {
      expect({ path, code, details }).not.toMatchObject({ code: 2 })
      expect(details).not.toContain('internal error')
    }
  }
  expect(served.lines.filter((line) => line.includes('internal error'))).toEqual([])
  served.process.kill('SIGTERM')
  expect(await served.ended).toBe(0)
})

test('heartbeat, health and log tell what the service tells of itself by the page that is configured', async () => {
  let status = 200
  const page = createServer((_asked, answer) => answer.writeHead(status).end('well'))
  await new Promise<void>((done) => page.listen(0, '127.0.0.1', done))
  const heartbeat_endpoint = `http://127.0.0.1:${(page.address() as AddressInfo).port}/heartbeat`
  const how = { service_heartbeat_type: 'http', heartbeat_endpoint, heartbeat_interval: '100ms' }
  await using served = await startServe({ ...DEVELOPMENT, ...how, allowed_user_flag: 'false' }, cwd)
  const ask = async (path: string) => (await fetch(`http://${served.endpoint}${path}`)).json()
  expect(await ask('/heartbeat')).toMatchObject({ status: 'Online' })
  status = 500
  const reason = 'its heartbeat page answers 500'
  await until('it is not ready', async () => {
    const told = (await ask('/readyz')) as { parts: object[] }
    return told.parts.some((part) => 'reason' in part && part.reason === reason)
  })
  expect(await ask('/heartbeat')).toMatchObject({
    status: 'Offline',
    serviceheartbeat: expect.stringContaining('"NOT_SERVING"') as string,
  })
  status = 200
  await until('it is ready again', async () => (await fetch(`http://${served.endpoint}/readyz`)).ok)
  const log = served.lines.join('\n')
  expect(log).toContain('the service cannot be reached: calls fail until it can')
  expect(log).toContain('the service is back')
  page.closeAllConnections()
  page.close()
})

test('a plain proxy asks for no keys of payments, and everything that tells of the daemon says that nobody pays', async () => {
  const service = createServer((asked, answer) => void answer.writeHead(404).end(asked.url))
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done))
  const endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}/one`
  await using served = await startServe({ daemon_type: 'http', service_endpoint: endpoint }, cwd)
  const answer = await fetch(`http://${served.endpoint}/heartbeat`)
  expect([answer.status, await answer.text()]).toEqual([200, '/one'])
  expect(served.lines.join('\n')).toContain(
    'requests are NOT PAID, and everybody who can connect is served for nothing',
  )
  const status = await runCli(['status', '--data-dir', join(cwd, 'data')], { cwd })
  expect(status.stdout).toContain('NONE: everybody is served for nothing')
  service.closeAllConnections()
  service.close()
})
