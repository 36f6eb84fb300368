import { createServer, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { makeCertificates } from '../support/certificates.js'
import { startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { until } from '../support/until.js'

let network: Network
beforeAll(async () => {
  network = await openTestNetwork()
})
afterAll(() => network?.[Symbol.asyncDispose]())

/** What a gate logs before it serves, which is before it says that it is ready. */
async function linesBeforeServing(
  name: string,
  endpoint: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>[]> {
  const changes = { service_endpoint: endpoint, log: { formatter: { type: 'json' } } }
  await using gate = await startGate(network, name, changes, env)
  const log = () =>
    gate.child.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)
  const serving = () => log().findIndex(({ msg }) => msg === 'serving')
  await until('the log says that it serves', () => serving() >= 0)
  return log().slice(0, serving())
}

const UNREACHED = 'the service cannot be reached: calls fail until it can'

test('a start tells once what gate this is, and warns of a service that is down', async () => {
  const lines = await linesBeforeServing('down', 'http://127.0.0.1:1')
  const told = lines.filter(({ msg }) => msg === 'the gate as it is set up')
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({
    config: join(network.directory, 'down.json'),
    organization: 'ExampleOrg',
    service: 'ExampleSvc',
    group: 'default_group',
    network: 'local',
    price_model: 'fixed_price',
    tls: false,
    store: 'embedded',
    data_dir: join(network.directory, 'down-data'),
  })
  expect(lines.filter(({ msg }) => msg === UNREACHED)).toMatchObject([
    { level: 'warn', endpoint: '127.0.0.1:1', reason: 'no connection: ECONNREFUSED' },
  ])
})

const answer = (_request: unknown, response: ServerResponse): void => void response.end('hello')
/** Over TLS the names of protocols are agreed on first, by those who know of that. */
const http1Services: [name: string, scheme: string, start: (tls: TlsOptions) => Server][] = [
  ['in cleartext', 'http', () => createServer(answer)],
  ['behind TLS', 'https', (tls) => createHttpsServer(tls, answer)],
  [
    'behind TLS without ALPN',
    'https',
    (tls) =>
      createTlsServer(tls, (socket) =>
        socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      ),
  ],
]

test.each(http1Services)(
  'a start warns of a service that speaks only HTTP/1.1 %s, and says so',
  async (kind, scheme, start) => {
    await using certificates = await makeCertificates()
    const { cert, key, certFile } = certificates.make('service')
    const server = start({ cert, key })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const endpoint = `localhost:${(server.address() as AddressInfo).port}`
    const trusting = { NODE_EXTRA_CA_CERTS: certFile }
    const lines = await linesBeforeServing(`http1-${kind.replaceAll(' ', '-')}`, `${scheme}://${endpoint}`, trusting)
    expect(lines.filter(({ msg }) => msg === UNREACHED)).toMatchObject([
      { endpoint, reason: 'it speaks HTTP/1.1 and no HTTP/2' },
    ])
    server.close()
  },
)
