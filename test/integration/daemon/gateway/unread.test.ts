import { once } from 'node:events'
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2'
import { connect as connectTcp } from 'node:net'
import { describe, expect, test } from 'vitest'
import { framed } from '../../../support/by-hand.js'
import { dataFrames, FRAME, frame, headerBlock, headersFrames, PREFACE, uint32 } from '../../../support/frames.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, paid } from './harness.js'

const KIB = 1024
const UNARY = '/echo.Echo/Unary'

const HEADERS = {
  ':method': 'POST',
  ':path': UNARY,
  'content-type': 'application/grpc',
  te: 'trailers',
  ...paid().toHttp2Headers(),
}

const MAX_WINDOW = 2 ** 31 - 1
/** Frames by which a client lets everything come at once, on each stream and on the connection. */
const WIDE_OPEN = Buffer.concat([
  frame(FRAME.settings, { payload: Buffer.concat([Buffer.from([0, 4]), uint32(MAX_WINDOW)]) }),
  frame(FRAME.windowUpdate, { payload: uint32(MAX_WINDOW - 65_535) }),
])

/** A client that takes nothing of its answers, but answers pings. */
function openClient(h: Harness): ClientHttp2Session & Disposable {
  const session = connect(`http://127.0.0.1:${h.gateway.address.port}`, { settings: { initialWindowSize: 0 } })
  session.on('error', () => undefined)
  return Object.assign(session, { [Symbol.dispose]: () => session.destroy() })
}

/** A call whose answer of so many bytes waits to be taken; resolves once it is paid. */
async function leaveUnread(h: Harness, session: ClientHttp2Session, bytes: number, more: Record<string, string> = {}) {
  const stream = session.request({ ...HEADERS, ...more })
  stream.on('error', () => undefined)
  const { committed } = h.payments
  stream.end(framed(Buffer.alloc(bytes)))
  await until('the call is paid', () => h.payments.committed > committed)
  return stream
}

const closed = async (stream: ClientHttp2Stream): Promise<number | undefined> => {
  if (!stream.closed) await once(stream, 'close')
  return stream.rstCode
}

describe('an answer that its client does not take', () => {
  test('is cut at the deadline of the call, and stays paid', async () => {
    await using h = await openHarness()
    using session = openClient(h)
    const stream = await leaveUnread(h, session, KIB, { 'grpc-timeout': '1S' })
    expect(await closed(stream)).toBe(constants.NGHTTP2_CANCEL)
    expect(h.payments).toMatchObject({ committed: 1, released: 1, open: 0 })
  })

  test('is cut when its connection has too many bytes unread: the oldest first, and others stay', async () => {
    const limits: string[] = []
    await using h = await openHarness({
      config: { unread: { bytes: 10_000 * KIB, bytesPerConnection: 500 * KIB } },
      onConnectionLimit: (limit) => limits.push(limit),
    })
    using other = openClient(h)
    using session = openClient(h)
    const untouched = await leaveUnread(h, other, 200 * KIB)
    const oldest = await leaveUnread(h, session, 200 * KIB)
    const second = await leaveUnread(h, session, 200 * KIB)
    expect(oldest.closed).toBe(false)
    const third = await leaveUnread(h, session, 200 * KIB)
    expect(await closed(oldest)).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM)
    expect([untouched.closed, second.closed, third.closed]).toEqual([false, false, false])
    expect(h.payments.committed).toBe(4)
    expect(limits).toEqual(['unread'])
  })

  test('is cut when all connections together have too many bytes unread', async () => {
    await using h = await openHarness({ config: { unread: { bytes: 500 * KIB, bytesPerConnection: 400 * KIB } } })
    using first = openClient(h)
    using second = openClient(h)
    using third = openClient(h)
    const oldest = await leaveUnread(h, first, 200 * KIB)
    await leaveUnread(h, second, 200 * KIB)
    const newest = await leaveUnread(h, third, 200 * KIB)
    expect(await closed(oldest)).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM)
    expect(newest.closed).toBe(false)
  })

  test('is dropped before it is paid when it alone is too much', async () => {
    await using h = await openHarness({ config: { unread: { bytes: 100 * KIB, bytesPerConnection: 100 * KIB } } })
    expect(await h.client.call(UNARY, [Buffer.alloc(200 * KIB)], { metadata: paid() })).toMatchObject({
      code: 8,
      details: 'the daemon keeps too many bytes that clients have not taken, these for longest',
    })
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
    expect((await h.client.call(UNARY, [Buffer.alloc(10)], { metadata: paid() })).code).toBe(0)
  })

  test('takes its connection with it when it is stuck in the socket', async () => {
    await using h = await openHarness({ config: { unread: { bytes: 2_000 * KIB, bytesPerConnection: 2_000 * KIB } } })
    const socket = connectTcp(h.gateway.address.port, '127.0.0.1').pause()
    socket.on('error', () => undefined).write(Buffer.concat([PREFACE, WIDE_OPEN]))
    const lines = Object.entries({ ':scheme': 'http', ':authority': 'a', ...HEADERS }).map(
      ([name, value]) => [name, String(value)] as const,
    )
    for (let stream = 1; stream < 240; stream += 2) {
      const head = headersFrames(stream, headerBlock(lines))
      socket.write(Buffer.concat([head, dataFrames(stream, framed(Buffer.alloc(60 * KIB)))]))
    }
    // Nothing is read here, but a write tells when the other side is gone.
    const writing = setInterval(() => socket.write(frame(FRAME.ping, { payload: Buffer.alloc(8) })), 20)
    await new Promise((done) => socket.once('close', done))
    clearInterval(writing)
    // Whatever had come by then: the first 2 MB were answered and paid before anything was cut.
    expect(h.payments.committed).toBeGreaterThan(33)
    await until('no call is open any more', () => h.payments.open === 0)
  })
})

test('those who take their answers are never cut, however many they ask for', async () => {
  await using h = await openHarness({ config: { unread: { bytes: 1_000 * KIB, bytesPerConnection: 1_000 * KIB } } })
  for (let i = 0; i < 10; i++) {
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => h.client.call(UNARY, [Buffer.alloc(100 * KIB)], { metadata: paid() })),
    )
    expect(replies.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
  }
})
