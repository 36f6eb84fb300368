import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { SnetError } from '../../../../src/shared/errors.js'
import { framed, type Outcome } from '../../../support/by-hand.js'
import { startRawService } from '../../../support/echo-service.js'
import { aGatewayConfig, DATA_PLANE } from '../../../support/gateway-config.js'
import { GreedyClient } from '../../../support/greedy-client.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, paid } from './harness.js'

// What the process holds meanwhile: held-memory.test.ts.

const KIB = 1024
const CALL_WINDOW = 64 * KIB
/** Thirty-two of those of a call, with our own frames. Node's HTTP/2 has no window that all calls share, whatever it says. */
const CONNECTION_WINDOW = DATA_PLANE === 'frames' ? 32 * CALL_WINDOW : Infinity
/** Node's takes up to a window more of a call into its own buffers, where nobody has read it either. */
const READ_AHEAD = DATA_PLANE === 'frames' ? 1 : 2
/** The beginning of a connection, and the heads of frames with what is in them beside DATA. */
const headsOf = (calls: number, bytes: number): number => 300 + calls * 600 + Math.ceil(bytes / 16_384 + calls) * 9

/** A service that answers with the hash of all that it was sent; and a gate in front of it that waits for a verdict. */
async function openScene() {
  const seen = { calls: 0 }
  const service = await startRawService((stream) => {
    seen.calls++
    const hash = createHash('sha256')
    stream.on('data', (chunk: Buffer) => hash.update(chunk))
    stream.on('end', () => {
      if (stream.destroyed) return
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.end(framed(hash.digest()))
    })
  })
  const http2 = { ...aGatewayConfig().http2, callWindowBytes: CALL_WINDOW }
  const h = await openHarness({ url: service.url, config: { http2 } })
  return {
    ...{ h, seen },
    async [Symbol.asyncDispose]() {
      await h[Symbol.asyncDispose]()
      await service[Symbol.asyncDispose]()
    },
  }
}

/** No payment is judged before it is opened. */
function holdVerdicts({ payments }: Harness): { asked: number; open(): void } {
  let open = (): void => undefined
  const opened = new Promise<void>((done) => (open = done))
  const hold = { asked: 0, open }
  payments.beforeVerdict = () => {
    hold.asked++
    return opened
  }
  return hold
}

const unary = (body: Buffer) => ({ path: '/echo.Echo/Unary', headers: paid().toHttp2Headers() as never, body })
const hashOf = (body: Buffer): Buffer => framed(createHash('sha256').update(body).digest())
const bodies = (count: number, bytes: number): Buffer[] =>
  Array.from({ length: count }, () => framed(randomBytes(bytes)))

/** A window is told of again once half of it has been read: at rest a client may have any part above that. */
function expectHeld(sent: number, calls: number, offered: number, least = 1): void {
  const held = Math.min(calls * Math.min(CALL_WINDOW, offered), CONNECTION_WINDOW)
  expect(sent).toBeGreaterThan(held * least)
  expect(sent).toBeLessThanOrEqual(held * READ_AHEAD + headsOf(calls, held * READ_AHEAD))
}

describe('while a call waits for the verdict on its payment', () => {
  test('its client sends the window of the call and no more; the service hears of it when it is paid, and has all of it', async () => {
    await using scene = await openScene()
    const verdict = holdVerdicts(scene.h)
    using client = new GreedyClient(scene.h.gateway.address)
    const [body] = bodies(1, 3_000 * KIB) as [Buffer]
    const answered = client.call(unary(body))
    expectHeld(await client.sentUntilHeld(), 1, body.length)
    expect([verdict.asked, scene.seen.calls]).toEqual([1, 0])
    verdict.open()
    const { code, body: answer } = await answered
    expect([code, answer]).toEqual([0, hashOf(body)])
    expect(scene.h.payments).toMatchObject({ committed: 1, open: 0 })
  })

  test('all calls of a connection together are held by its window, and each body arrives unharmed', async () => {
    await using scene = await openScene()
    const verdict = holdVerdicts(scene.h)
    using client = new GreedyClient(scene.h.gateway.address)
    const sent = bodies(80, 100 * KIB)
    const answered = Promise.all(sent.map((body) => client.call(unary(body))))
    expectHeld(await client.sentUntilHeld(), sent.length, 100 * KIB)
    expect(scene.seen.calls).toBe(0)
    verdict.open()
    const outcomes = await answered
    expect(outcomes.map(({ code }) => code)).toEqual(sent.map(() => 0))
    expect(outcomes.every(({ body }, i) => body.equals(hashOf(sent[i] as Buffer)))).toBe(true)
    expect(scene.h.payments).toMatchObject({ committed: sent.length, open: 0 })
  })
})

test('what was sent of calls that are refused is let go: others pass, and as much again may be sent', async () => {
  await using scene = await openScene()
  const { h, seen } = scene
  using client = new GreedyClient(h.gateway.address)
  let before = 0
  for (let round = 1; round <= 4; round++) {
    const verdict = holdVerdicts(h)
    h.payments.refuse = new SnetError('unauthenticated', 'payment signature is not valid')
    const refused = Promise.all(bodies(60, 80 * KIB).map((body) => client.call(unary(body))))
    const sent = await client.sentUntilHeld()
    expectHeld(sent - before, 60, 80 * KIB, round === 1 ? 1 : 1 / 2)
    verdict.open()
    expect((await refused).map(told)).toEqual(Array(60).fill([16, 'payment signature is not valid']))
    expect(seen.calls).toBe((round - 1) * 5)

    h.payments.refuse = undefined
    const good = bodies(5, 200 * KIB)
    const outcomes = await Promise.all(good.map((body) => client.call(unary(body))))
    expect(outcomes.map(({ code, body }) => [code, body])).toEqual(good.map((body) => [0, hashOf(body)]))
    before = await client.sentUntilHeld()
  }
  await until('nothing is held any more', () => h.payments.open === 0)
})

test('a client that goes away while it waits leaves nothing behind', async () => {
  await using scene = await openScene()
  const verdict = holdVerdicts(scene.h)
  const client = new GreedyClient(scene.h.gateway.address)
  for (const body of bodies(10, 100 * KIB)) client.call(unary(body)).catch(() => undefined)
  await client.sentUntilHeld()
  client[Symbol.dispose]()
  verdict.open()
  await until('the calls are over', () => scene.h.gateway.callsInFlight === 0)
  expect(scene.h.payments).toMatchObject({ committed: 0, open: 0 })
})

const told = ({ code, text }: Outcome): [number, string] => [code, text]
