import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProtoArchive } from '../../src/content/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { registerAnother } from '../support/another-service.js'
import { makeCertificates } from '../support/certificates.js'
import { runCli } from '../support/cli.js'
import { type StartedGate, startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'

const SERVICE = 'HttpSvc'
const PROTO = `syntax = "proto3"; package shop; import "google/api/annotations.proto";
  message Order { string item = 1; int64 count = 2; }
  service Shop {
    rpc buy(Order) returns (Order);
    rpc look(Order) returns (stream Order) { option (google.api.http) = { get: "/items/{item}" }; }
  }`

let network: Network
let gate: StartedGate
let server: Server
let certificates: Awaited<ReturnType<typeof makeCertificates>>
const arrived: string[] = []
let isBroken = false

beforeAll(async () => {
  certificates = await makeCertificates()
  const tls = certificates.make('localhost')
  server = createServer(tls, (request, response) => {
    void buffer(request).then((body) => {
      arrived.push(`${request.method} ${request.url} ${String(request.headers['x-key'])} ${body.toString()}`)
      if (isBroken) return response.writeHead(500).end('out of stock')
      if (request.method === 'GET') return response.end('{"count": 1}\n{"count": 2}\n')
      response.end(body)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  network = await openTestNetwork()
  await registerAnother(network, SERVICE, async (published) => ({
    ...published,
    service_type: 'http',
    service_api_source: await network.metadata.publish(await createProtoArchive({ 'shop.proto': PROTO })),
  }))
  const settings = {
    service_id: SERVICE,
    service_endpoint: `https://localhost:${(server.address() as AddressInfo).port}/api`,
    service_credentials: [{ key: 'x-key', value: 'open', location: 'header' }],
  }
  gate = await startGate(network, SERVICE, settings, { NODE_EXTRA_CA_CERTS: tls.certFile })
}, 90_000)
afterAll(async () => {
  await gate?.[Symbol.asyncDispose]()
  server?.closeAllConnections()
  server?.close()
  await network?.[Symbol.asyncDispose]()
  await certificates?.[Symbol.asyncDispose]()
})

const call = (method: string, ...args: string[]) =>
  runCli([
    ...['call', network.names.organization, SERVICE, method, '-d', '{"item": "a b", "count": 3}'],
    ...['--endpoint', gate.endpoint, '-c', network.configFile, '--key-file', network.keyFile, '--json', ...args],
  ])

interface Told {
  readonly result?: unknown
  readonly results?: unknown
  readonly payment: Record<string, string>
}

test('a service that is a plain HTTP API is paid for, over TLS; a call that it fails costs nothing', async () => {
  const bought = await call('buy')
  expect(bought).toMatchObject({ code: 0, stderr: '' })
  const { result, payment } = JSON.parse(bought.stdout) as Told
  expect(result).toEqual({ item: 'a b', count: '3' })
  const price = BigInt(payment['price'] as string)
  isBroken = true
  const failed = await call('buy')
  expect(failed.code).not.toBe(0)
  expect(failed.stdout + failed.stderr).toContain('upstream http status 500: out of stock')
  isBroken = false
  const looked = await call('look')
  expect(looked).toMatchObject({ code: 0, stderr: '' })
  const told = JSON.parse(looked.stdout) as Told
  expect(told.results).toMatchObject([{ count: '1' }, { count: '2' }])
  expect(told.payment['amount']).toBe(String(BigInt(payment['amount'] as string) + price))
  expect(arrived).toEqual([
    'POST /api/buy open {"count":"3","item":"a b"}',
    'POST /api/buy open {"count":"3","item":"a b"}',
    'GET /api/items/a%20b?count=3 open ',
  ])
}, 60_000)
