import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChannelId } from '../../src/shared/units.js'
import { type CalculatorHandlers, loadCalculatorService } from '../../src/shared/wire/index.js'
import { startGrpcServer } from '../../src/shared/wire/grpc/index.js'
import { RawClient } from '../support/echo-service.js'
import { runCourse } from '../support/etcd-faults/course.js'
import { faultNamed } from '../support/etcd-faults/faults.js'
import { type Group, openGroup, type Replica } from '../support/etcd-faults/group.js'
import { sellToAll } from '../support/etcd-faults/sell-to-all.js'
import { startGate } from '../support/gates.js'
import { ADD, askState, asMetadata, paymentHeaders, RUNNING_SUM, TWO_AND_THREE } from '../support/payer.js'
import { until } from '../support/until.js'

const OK = 0
const BUSY = 9
const UNAVAILABLE = 14

describe('three daemons on one etcd', () => {
  let group: Group
  beforeAll(async () => {
    group = await openGroup({ channels: 4 })
  })
  afterAll(() => group?.[Symbol.asyncDispose]())

  const headersOf = (channel: bigint, amount: bigint) => asMetadata(paymentHeaders(group.network, { channel, amount }))
  const pay = (replica: Replica, channel: bigint, amount: bigint) =>
    replica.client.call(ADD, [TWO_AND_THREE], { metadata: headersOf(channel, amount) })

  test('a signed payment that is sent to all of them at once is sold and forwarded once', async () => {
    expect((await sellToAll(group, 150)).problems).toEqual([])
  })

  test('a daemon stopped beyond its lease in mid-call delivers nothing when it wakes; another one has sold the amount', async () => {
    const [stopped, other] = group.replicas as [Replica, Replica]
    const channel = group.channels[1] as ChannelId
    const stream = openSum(stopped, headersOf(channel, 10n))
    stream.write()
    await until('it has answered once', () => stream.answers === 1)
    expect((await pay(other, channel, 10n)).code).toBe(BUSY)

    stopped.pause()
    // What arrives while it is stopped is what it would forward when it wakes.
    stream.write()
    stream.end()
    await until('the other one sells the amount', async () => (await pay(other, channel, 10n)).code === OK)
    stopped.resume()

    expect(await stream.status).toBe(UNAVAILABLE)
    expect(stream.answers).toBe(1)
    expect((await askState(group.network, other.client, channel)).amount).toBe(10n)
    await until('it has a new lease, and sells again', async () => (await pay(stopped, channel, 20n)).code === OK)
  })

  test('the same of a unary method, whose service has answered: that goes to nobody, and the amount is sold once', async () => {
    const [, other] = group.replicas as [Replica, Replica]
    const channel = group.channels[3] as ChannelId
    await using service = await startSlowService()
    const settings = { service_endpoint: `http://127.0.0.1:${service.port}` }
    await using stopped = await startGate(group.network, 'slow', settings)
    const [host, port] = stopped.endpoint.split(':') as [string, string]
    using client = new RawClient({ host, port: Number(port) })
    const call = client.call(ADD, [TWO_AND_THREE], { metadata: headersOf(channel, 10n) })
    await until('the service has it', () => service.waiting.length === 1)

    stopped.child.process.kill('SIGSTOP')
    service.waiting[0]?.()
    await until('another one sells the amount', async () => (await pay(other, channel, 10n)).code === OK)
    stopped.child.process.kill('SIGCONT')

    expect(await call).toMatchObject({ code: UNAVAILABLE, messages: [] })
    expect((await askState(group.network, other.client, channel)).amount).toBe(10n)
  })

  test('without etcd paid calls end in time, each daemon says why it is not ready, and all comes back by itself', async () => {
    const [etcd] = group.members
    const [replica] = group.replicas as [Replica]
    const channel = group.channels[2] as bigint
    expect((await pay(replica, channel, 10n)).code).toBe(OK)
    etcd?.pause()
    const start = performance.now()
    expect((await pay(replica, channel, 20n)).code).toBe(UNAVAILABLE)
    // The request_timeout of these daemons is 2 s.
    expect(performance.now() - start).toBeLessThan(4_000)
    expect((await fetch(`http://${replica.endpoint}/livez`)).status).toBe(200)
    await until('it is not ready', async () => (await fetch(`http://${replica.endpoint}/readyz`)).status === 503)
    expect(await (await fetch(`http://${replica.endpoint}/readyz`)).text()).toMatch(/store.*etcd/s)
    etcd?.resume()
    await until('it is ready again', async () => (await fetch(`http://${replica.endpoint}/readyz`)).ok)
    await until('it sells again', async () => (await pay(replica, channel, 20n)).code === OK)
  })
})

test(
  'on three etcds no payment is lost or sold twice while a leader is killed and stopped, and a daemon is killed',
  { timeout: 240_000 },
  async () => {
    await using group = await openGroup({ members: 3, channels: 4 })
    const names = [
      'leader of etcd killed',
      'replica killed',
      'connections to etcd broken off',
      'leader of etcd stopped',
    ]
    const seen = await runCourse(group, { seed: 'short', faults: names.map(faultNamed) })
    expect(seen.problems).toEqual([])
    expect(seen.events.length).toBeGreaterThan(100)
  },
)

/** A calculator that adds when it is told to. */
async function startSlowService() {
  const waiting: (() => void)[] = []
  const add: CalculatorHandlers['add'] = (_call, answer) => waiting.push(() => answer(null, { value: 5 }))
  const server = await startGrpcServer(loadCalculatorService().service, { add }, '127.0.0.1')
  return { port: server.port, waiting, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

/** A paid call that stays open until it is ended. */
function openSum(replica: Replica, metadata: ReturnType<typeof asMetadata>) {
  const asIs = (bytes: Buffer): Buffer => bytes
  const call = replica.client.client.makeBidiStreamRequest(RUNNING_SUM, asIs, asIs, metadata)
  let answers = 0
  call.on('error', () => undefined).on('data', () => answers++)
  return {
    get answers() {
      return answers
    },
    status: new Promise<number>((done) => call.once('status', ({ code }) => done(code))),
    /** Value { value: 1 } */
    write: () => call.write(Buffer.from('09000000000000f03f', 'hex')),
    end: () => call.end(),
  }
}
