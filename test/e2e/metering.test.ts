import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { keccak256, verifyMessage, Wallet } from 'ethers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { RawClient } from '../support/echo-service.js'
import { startGate, type StartedGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { askAsOperator, operator } from '../support/operator.js'
import { ADD, Payer, TWO_AND_THREE } from '../support/payer.js'
import { type Received, type ReportEndpoint, startReportEndpoint } from '../support/report-endpoint.js'
import { until } from '../support/until.js'

/** A daemon that reports, and services that are told: away, up and down as these tests want. */
const key = randomBytes(32).toString('hex')
const signer = new Wallet(key).address
let network: Network
let metering: ReportEndpoint
let notification: ReportEndpoint
let gate: StartedGate
beforeAll(async () => {
  network = await openTestNetwork()
  metering = await startReportEndpoint()
  notification = await startReportEndpoint()
  // Its service says at once that it is not well, so that there is something to alert of.
  notification.manner = ({ method }) => (method === 'GET' ? 500 : 200)
  gate = await startGate(network, 'metered', settings())
}, 60_000)
afterAll(async () => {
  await gate?.[Symbol.asyncDispose]()
  await metering?.[Symbol.asyncDispose]()
  await notification?.[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
})

const settings = () => ({
  ...{ metering_enabled: true, metering_endpoint: metering.url, private_key_for_metering: key },
  ...{ notification_endpoint: `${notification.url}/alerts`, alerts_email: 'first@example.org' },
  ...{ service_heartbeat_type: 'http', heartbeat_endpoint: `${notification.url}/heartbeat` },
  ...{ heartbeat_interval: '200ms', authentication_addresses: [operator.address] },
})

function clientOfGate(): RawClient {
  const [host, port] = gate.endpoint.split(':') as [string, string]
  return new RawClient({ host, port: Number(port) })
}

/** Who signed it, as whoever receives it finds out by the headers alone. */
function signerOf({ headers }: Received): string {
  const of = (name: string): string => String(headers[name] ?? '')
  const names = ['x-username', 'x-organizationid', 'x-serviceid', 'x-groupid']
  const block = Buffer.from(BigInt(of('x-currentblocknumber')).toString(16).padStart(64, '0'), 'hex')
  const hash = keccak256(Buffer.concat([Buffer.from(`_usage${names.map(of).join('')}`), block]))
  const signature = Buffer.from(of('x-signature'), 'base64')
  signature[64] = (signature[64] as number) + 27
  return verifyMessage(Buffer.from(hash.slice(2), 'hex'), `0x${signature.toString('hex')}`)
}

const usage = (): Record<string, unknown>[] =>
  metering.taken.filter(({ path }) => path === '/metering/usage').map(({ body }) => JSON.parse(body) as never)
const alerts = (): Record<string, unknown>[] =>
  notification.taken.filter(({ path }) => path === '/alerts').map(({ body }) => JSON.parse(body) as never)
/** What the service is told of: metering that is away for long is another matter. */
const ofService = (): Record<string, unknown>[] =>
  alerts().filter(({ message }) => String(message).includes('Service Heartbeat'))
const balances = (): Record<string, unknown>[] =>
  metering.taken.filter(({ path }) => path.endsWith('/balance')).map(({ body }) => JSON.parse(body) as never)

test('a service that is not well is told of once, and to a recipient who is named later', async () => {
  await until('it is told', () => ofService().length > 0)
  using client = clientOfGate()
  const updated = { alerts_email: 'ops@example.org' }
  expect((await askAsOperator(network, client, { method: 'UpdateConfiguration', updated })).code).toBe(0)
  await until('it is told again', () => ofService().length > 1)
  const problem = { message: 'Problem in calling Service Heartbeat endpoint.', level: 'ERROR', component: 'Daemon' }
  expect(ofService()).toMatchObject([
    { ...problem, recipient: 'first@example.org', details: 'its heartbeat page answers 500', type: '' },
    { ...problem, recipient: 'ops@example.org' },
  ])
})

test('calls and payments are reported, and none is lost or waited for while nobody takes them, over a kill, too', async () => {
  const verified = metering.all.find(({ path }) => path === '/metering/verify')
  expect(verified).toMatchObject({ method: 'GET', path: '/metering/verify' })
  expect(verified?.headers).toMatchObject({ 'x-authtype': 'verification', 'access-control-allow-origin': '*' })
  expect(signerOf(verified as Received)).toBe(signer)

  const payer = new Payer(network, network.channel)
  {
    using client = clientOfGate()
    expect(await payer.pay(client)).toMatchObject({ code: 0 })
    expect((await client.call(ADD, [TWO_AND_THREE])).code).not.toBe(0)
    await until('both calls and the payment are reported', () => metering.taken.length >= 4)
    metering.manner = () => 503
    for (let i = 0; i < 20; i++) expect(await payer.pay(client)).toMatchObject({ code: 0 })
  }
  await until('what waits is shown', async () => {
    const [queue] = (await gate.status()).gate?.reports ?? []
    return queue?.name === 'metering' && queue.waiting === 40 && queue.trouble !== undefined
  })

  gate.child.process.kill('SIGKILL')
  await once(gate.child.process, 'exit')
  metering.manner = () => 200
  gate = await startGate(network, 'metered', settings())
  await until('all are reported', () => balances().length === 21 && usage().length === 22)

  const ok = usage().filter(({ status }) => status === 'success')
  expect(ok.length).toBe(21)
  expect(new Set(usage().map(({ request_id: id }) => id)).size).toBe(22)
  expect(ok[0]).toMatchObject({
    ...{ service_method: ADD, response_code: 'OK', payment_mode: 'escrow', channel_id: String(network.channel) },
    ...{ type: 'response', operation: 'read', usage_type: 'apicall', usage_value: 1, error_message: '' },
  })
  expect(usage().find(({ status }) => status === 'failed')).toMatchObject({ service_method: ADD, channel_id: '' })
  expect(
    balances()
      .map(({ AuthorizedAmount: amount }) => amount)
      .sort((a, b) => Number(a) - Number(b)),
  ).toEqual(Array.from({ length: 21 }, (_none, i) => Number(payer.price) * (i + 1)))
  for (const received of metering.taken) expect(signerOf(received)).toBe(signer)
  const ofChannel = metering.taken.find(({ path }) => path === `/contract-api/channel/${network.channel}/balance`)
  expect(ofChannel?.headers['x-username']).toBe(network.client.address)
})

test('that it is well again is told over a kill, too, and what was told is not told again', async () => {
  notification.manner = () => 200
  await until('it is over', () => ofService().length > 2)
  expect(ofService()[2]).toMatchObject({
    ...{ message: 'Over: Problem in calling Service Heartbeat endpoint.', level: 'INFO', recipient: 'ops@example.org' },
  })
  for (const alert of notification.taken.filter(({ path }) => path === '/alerts')) {
    expect(alert.headers).toMatchObject({ 'x-username': '', 'x-groupid': '', 'x-token': '' })
    expect(signerOf(alert)).toBe(signer)
  }
})
