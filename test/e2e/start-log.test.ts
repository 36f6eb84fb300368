import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { until } from '../support/until.js'

let network: Network
beforeAll(async () => {
  network = await openTestNetwork()
})
afterAll(() => network?.[Symbol.asyncDispose]())

/** What a gate logs before it serves, which is before it says that it is ready. */
async function linesBeforeServing(name: string, endpoint: string): Promise<Record<string, unknown>[]> {
  const changes = { service_endpoint: endpoint, log: { formatter: { type: 'json' } } }
  await using gate = await startGate(network, name, changes)
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

test('a start warns of a service that speaks only HTTP/1.1, and says so', async () => {
  const server = createServer((_request, response) => response.end('hello'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const lines = await linesBeforeServing('http1', `http://${endpoint}`)
  expect(lines.filter(({ msg }) => msg === UNREACHED)).toMatchObject([
    { endpoint, reason: 'it speaks HTTP/1.1 and no HTTP/2' },
  ])
  server.close()
})
