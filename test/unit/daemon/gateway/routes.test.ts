import type { MethodDefinition } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import type { Call } from '../../../../src/daemon/gateway/call.js'
import type { PaymentTable } from '../../../../src/daemon/gateway/index.js'
import { HeaderList } from '../../../../src/daemon/gateway/header-list.js'
import { withPrefix } from '../../../../src/daemon/gateway/messages.js'
import { createRoutes, type Route, type RoutesDeps, serveByRoute } from '../../../../src/daemon/gateway/routes.js'
import { createEcho } from '../../../../src/daemon/gateway/upstream/index.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { live } from '../../../../src/shared/live.js'
import { cogs } from '../../../../src/shared/units.js'
import { type OwnMethod, type PaidMethod, unaryMethod } from '../../../../src/shared/wire/index.js'
import { FakePayments } from '../../../support/fake-payments.js'
import { aGatewayConfig } from '../../../support/gateway-config.js'
import { MemoryTransport } from '../../../support/memory-transport.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'

const ADD = '/example.Calculator/add'
const OWN = '/escrow.State/Own'
const HEADERS = {
  'snet-payment-channel-id': '7',
  'snet-payment-channel-nonce': '3',
  'snet-payment-channel-amount': '10',
  'snet-payment-channel-signature-bin': Buffer.alloc(65, 1).toString('base64'),
}
const paid = { metadata: HEADERS }

const ownMethod = (handle: (request: string) => string): OwnMethod =>
  unaryMethod(
    {
      path: OWN,
      requestStream: false,
      responseStream: false,
      requestSerialize: (text) => Buffer.from(text),
      requestDeserialize: String,
      responseSerialize: (text) => Buffer.from(text),
      responseDeserialize: String,
    } satisfies MethodDefinition<string, string>,
    handle,
  )

const forbidden = (): never => {
  throw new SnetError('forbidden', 'no')
}

/** The whole of the gate behind its transport: routes, filters, payments that accept, and a service in memory. */
function openGate({
  answersOnce = true,
  config,
  ...changes
}: Partial<RoutesDeps> & { answersOnce?: boolean; config?: Parameters<typeof aGatewayConfig>[0] } = {}) {
  const payments = new FakePayments()
  const { rows } = createRoutes(aGatewayConfig(config), {
    payments,
    upstream: createEcho({ maxMessageBytes: 1_000 }),
    own: new Map([[OWN, ownMethod((request) => `own ${request}`)]]),
    methods: live({ find: () => ({ asksOnce: true, answersOnce }) }),
    pause: { isPaused: false },
    log: quietLog(),
    ...changes,
  })
  return { payments, rows, transport: new MemoryTransport(serveByRoute(rows)) }
}

/** A service that answers as the test says. */
function scriptedService(answer: (call: Call) => Promise<void>) {
  const calls: Call[] = []
  const forward = async (call: Call): Promise<void> => {
    calls.push(call)
    await answer(call)
  }
  return { calls, forward }
}

const finish = async (call: Call): Promise<void> => {
  call.reply.trailers = new HeaderList().add('grpc-status', '0')
}

const untilCancelled = (call: Call): Promise<never> => new Promise((_done, fail) => call.cancelled.onAbort(fail))

test('a call of the service is paid, forwarded and committed, whatever brought it', async () => {
  const { payments, transport } = openGate()
  expect(await transport.call(ADD, ['hello'], paid)).toEqual({ messages: ['hello'], code: 0, text: undefined })
  expect(payments).toMatchObject({ reserved: 1, committed: 1, released: 1 })
})

test('own methods come before the service, and are not paid for; other methods of their services are the service’s', async () => {
  const { payments, transport } = openGate()
  expect(await transport.call(OWN, ['state'])).toEqual({ messages: ['own state'], code: 0, text: undefined })
  expect(payments.reserved).toBe(0)
  expect((await transport.call('/escrow.State/Other', ['x'], paid)).messages).toEqual(['x'])
  expect(payments.reserved).toBe(1)
})

test('a route before the others takes the calls that it handles', async () => {
  const { rows } = openGate()
  const [own] = rows as [Route]
  const training: Route = { ...own, handles: (method) => method === ADD, pipeline: async () => forbidden() }
  const transport = new MemoryTransport(serveByRoute([training, ...rows]))
  expect(await transport.call(ADD, ['x'], paid)).toMatchObject({ code: 7, messages: [] })
  expect((await transport.call('/a.B/c', ['x'], paid)).code).toBe(0)
})

test('the same error has the status of its route', async () => {
  const { transport } = openGate({
    own: new Map([[OWN, ownMethod(forbidden)]]),
    upstream: { forward: async () => forbidden() },
  })
  expect(await transport.call(OWN, ['x'])).toMatchObject({ code: 7, text: 'no' })
  expect(await transport.call(ADD, ['x'], paid)).toMatchObject({ code: 13, text: 'no' })
})

test('a route says how long a call may take, and for how long when its client does not say', async () => {
  const service = scriptedService(finish)
  const { transport, rows } = openGate({ upstream: service })
  await transport.call(ADD, ['x'], paid)
  await transport.call(ADD, ['x'], { ...paid, timeoutMs: 3_600_000 })
  const [without, long] = service.calls as [Call, Call]
  expect(without.deadline - performance.now()).toBeLessThanOrEqual(10_000)
  expect(long.deadline - performance.now()).toBeGreaterThan(3_000_000)
  expect(serveByRoute(rows).termsOf(OWN)).toMatchObject({
    largestTimeoutMs: aGatewayConfig().own.timeoutMs,
    answersOnce: false,
  })
})

test('the answer of a method that answers once goes out when its payment is kept, all others at once', async () => {
  for (const answersOnce of [true, false]) {
    const { payments, transport } = openGate({ answersOnce })
    let keep = (): void => undefined
    const kept = new Promise<void>((done) => (keep = done))
    let isCommitting = false
    payments.beforeCommit = () => {
      isCommitting = true
      return kept
    }
    const call = transport.open(ADD, paid)
    call.request.push(withPrefix(Buffer.from('hello')))
    await until('the commit', () => isCommitting)
    expect(call.body.unread > 0).toBe(!answersOnce)
    keep()
    expect(await call.outcome()).toMatchObject({ messages: ['hello'], code: 0 })
  }
})

test('a client that cancels ends the call at the service, and pays nothing', async () => {
  const service = scriptedService(untilCancelled)
  const { payments, transport } = openGate({ upstream: service })
  const call = transport.open(ADD, paid)
  call.request.push(withPrefix(Buffer.from('x')))
  await until('the call at the service', () => service.calls.length > 0)
  call.cancel()
  expect(await call.outcome()).toMatchObject({ code: 1, text: 'the client cancelled the call' })
  expect(payments).toMatchObject({ reserved: 1, committed: 0, released: 1 })
})

test('a deadline ends the call, and whoever wants an AbortSignal hears of it as well', async () => {
  const service = scriptedService(
    ({ cancelled: { signal } }) =>
      new Promise((_done, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error))),
  )
  const { transport } = openGate({ upstream: service })
  expect(await transport.call(ADD, ['x'], { ...paid, timeoutMs: 50 })).toMatchObject({ code: 4 })
})

test('a client that does not read holds up the service', async () => {
  const chunk = withPrefix(Buffer.alloc(100))
  const wrote: boolean[] = []
  const service = scriptedService(async (call) => {
    wrote.push(call.reply.write(chunk))
    wrote.push(call.reply.write(chunk))
    await call.reply.drained()
    wrote.push(call.reply.write(chunk))
    await finish(call)
  })
  const { transport } = openGate({ upstream: service, answersOnce: false })
  const call = transport.open(ADD, { ...paid, room: 150 })
  call.request.push(withPrefix(Buffer.from('x')))
  await until('two messages', () => wrote.length === 2)
  expect(wrote).toEqual([true, false])
  expect(call.body.read()).toHaveLength(2 * chunk.length)
  expect((await call.outcome()).messages).toHaveLength(1)
  expect(wrote).toEqual([true, false, true])
})

test('a service that does not read holds up the client, and gets every byte once', async () => {
  let go = (): void => undefined
  const service = scriptedService(async (call) => {
    await new Promise<void>((done) => (go = done))
    for (let chunk = call.request.read(); chunk; chunk = call.request.read()) call.reply.write(chunk)
    await finish(call)
  })
  const { transport } = openGate({ upstream: service, answersOnce: false })
  const call = transport.open(ADD, paid)
  const first = withPrefix(Buffer.from('one'))
  for (const byte of first) call.request.push(Buffer.from([byte]))
  await until('the call at the service', () => service.calls.length > 0)
  call.request.push(withPrefix(Buffer.from('two')))
  expect(call.request.left).toBe(2 * first.length)
  go()
  expect((await call.outcome()).messages).toEqual(['one', 'two'])
})

test('a call without a message, and one that ends within its first, are refused before any money is touched', async () => {
  const { payments, transport } = openGate()
  expect(await transport.call(ADD, [], paid)).toMatchObject({ code: 2, text: 'EOF' })
  const half = transport.open(ADD, paid)
  half.request.push(Buffer.from([0, 0, 0]))
  half.request.end()
  expect(await half.outcome()).toMatchObject({ code: 3, text: 'the request ended within a message' })
  expect(payments.reserved).toBe(0)
})

test('while calls are paused those of the service are refused before they cost anything, and of own ones only those that take money', async () => {
  const pause = { isPaused: true }
  const ahead = { ...ownMethod(() => 'a token'), path: '/escrow.Token/Ahead', takesMoney: true }
  const own = new Map([OWN, ahead.path].map((path) => [path, path === OWN ? ownMethod(() => 'own state') : ahead]))
  const { payments, transport } = openGate({ pause, own })
  expect(await transport.call(ADD, ['x'], paid)).toEqual({
    messages: [],
    code: 14,
    text: 'No requests are currently being processed, please try again later',
  })
  expect((await transport.call(OWN, ['state'])).code).toBe(0)
  expect((await transport.call(ahead.path, ['x'])).code).toBe(14)
  pause.isPaused = false
  expect((await transport.call(ahead.path, ['x'])).code).toBe(0)
  expect((await transport.call(ADD, ['x'], paid)).code).toBe(0)
  expect(payments.reserved).toBe(1)
})

test('uploads are limited as calls of the service are, before they are paid; other paid methods of ours are not', async () => {
  const paidMethod = (bounds: 'uploads' | 'training'): PaidMethod => ({
    path: `/training.Daemon/${bounds}`,
    requestStream: true,
    bounds,
    decode: String,
    encode: (text) => Buffer.from(String(text)),
    offer: async () => ({ price: cogs(1n), work: async () => 'done' }),
  })
  const own = new Map([paidMethod('uploads'), paidMethod('training')].map((method) => [method.path, method]))
  const payments = new FakePayments()
  const ownPayments: PaymentTable = {
    reserve: async (metadata, paidCall) => {
      await paidCall.price?.()
      return await payments.reserve(metadata, paidCall)
    },
  }
  const { transport } = openGate({ own, ownPayments, config: { rate: live({ perMinute: 0.001, burst: 1 }) } })
  const call = async (method: string) => (await transport.call(`/training.Daemon/${method}`, ['data'], paid)).code
  expect([await call('uploads'), await call('uploads')]).toEqual([0, 8])
  expect([await call('training'), await call('training')]).toEqual([0, 0])
  expect(payments).toMatchObject({ reserved: 3, committed: 3 })
})
