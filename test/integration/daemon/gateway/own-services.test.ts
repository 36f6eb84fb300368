import { once } from 'node:events'
import { type ClientHttp2Session, constants } from 'node:http2'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { SnetError } from '../../../../src/shared/errors.js'
import { type CallContext, type OwnMethod, unaryMethod } from '../../../../src/shared/wire/index.js'
import { callByHand, connectByHand, framed, type Outcome } from '../../../support/by-hand.js'
import { echoDefinition, RawClient } from '../../../support/echo-service.js'
import { frame, FRAME, headerBlock, headersFrames, HELLO, uint32 } from '../../../support/frames.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness } from './harness.js'

const bytes = (text: string) => Buffer.from(text)
const PATH = '/own.Service/Own'
const MAX = 64 * 1024

/** Says everything twice. */
const twice = ownMethod((request) => Buffer.concat([request, request]))

function ownMethod(handle: (request: Buffer, context: CallContext) => Buffer | Promise<Buffer>): OwnMethod {
  return unaryMethod<Buffer, Buffer>({ ...echoDefinition.Unary, path: PATH }, handle)
}

/** A method of many messages in both directions. */
const streamMethod = (answer: (requests: AsyncIterable<Buffer>, context: CallContext) => AsyncIterable<Buffer>) =>
  ({
    path: PATH,
    requestStream: true,
    decode: (message) => message,
    encode: (message) => message,
    answer,
  }) satisfies OwnMethod<Buffer, Buffer>

const sessionTo = ({ gateway }: Harness): Promise<ClientHttp2Session> =>
  connectByHand(`127.0.0.1:${gateway.address.port}`)

/** One call with exactly these bytes. */
async function callWith(h: Harness, body: Buffer, headers: Record<string, string> = {}): Promise<Outcome> {
  const session = await sessionTo(h)
  try {
    return await callByHand(session, { path: PATH, headers, body })
  } finally {
    session.destroy()
  }
}

test('own methods are answered without payment, by the daemon itself', async () => {
  await using h = await openHarness({ own: [twice] })
  const { code, body, trailers } = await callWith(h, framed(bytes('ab')))
  expect([code, body]).toEqual([0, framed(bytes('abab'))])
  expect(trailers['grpc-accept-encoding']).toBe('identity,deflate,gzip')
  expect(h.payments.reserved).toBe(0)
  expect(h.service.seen).toEqual([])
})

test('a failure has the status of its kind on own methods, and its hint', async () => {
  const own = ownMethod(() => {
    throw new SnetError('not-found', 'no channel 7 ✓', { hint: '100 % sure?' })
  })
  await using h = await openHarness({ own: [own] })
  const { code, details, trailers } = await h.client.call(PATH, [bytes('x')])
  expect([code, details]).toEqual([status.NOT_FOUND, 'no channel 7 ✓'])
  expect(trailers.get('snetd-error-kind')).toEqual(['not-found'])
  expect(trailers.get('snetd-error-hint').map(String).map(decodeURIComponent)).toEqual(['100 % sure?'])
})

test('a fault within a handler is told without its inside', async () => {
  const own = ownMethod(() => Promise.reject(new TypeError('secret inside')))
  await using h = await openHarness({ own: [own] })
  const { code, details } = await h.client.call(PATH, [bytes('x')])
  expect(code).toBe(status.INTERNAL)
  expect(details).toMatch(/^internal error, the daemon's log has more under [0-9a-f]{8}$/)
})

test('an answer may take its time', async () => {
  const own = ownMethod(async (request) => {
    for (let i = 0; i < request.length; i++) await new Promise((done) => setImmediate(done))
    return request
  })
  await using h = await openHarness({ own: [own] })
  const requests = Array.from({ length: 20 }, (_none, i) => bytes('x'.repeat(i + 1)))
  const answers = await Promise.all(requests.map((request) => h.client.call(PATH, [request])))
  expect(answers.map(({ messages }) => messages)).toEqual(requests.map((request) => [request]))
})

describe('a request', () => {
  const picky = { ...twice, decode: (message: Buffer) => (message.length > 0 ? message : raise()) }
  const raise = (): never => {
    throw new Error('malformed')
  }
  const packed = (content: Buffer): Buffer => {
    const message = framed(content)
    message.writeUInt8(1, 0)
    return message
  }
  const flagged = (flag: number): Buffer => {
    const message = framed(bytes('ab'))
    message.writeUInt8(flag, 0)
    return message
  }
  const ok: [string, Buffer, Record<string, string>][] = [
    ['is answered as it is', framed(bytes('ab')), {}],
    ['of the largest size', framed(Buffer.alloc(MAX)), {}],
    ['is unpacked', packed(gzipSync(bytes('ab'))), { 'grpc-encoding': 'gzip' }],
    ['need not be packed where packing is announced', framed(bytes('ab')), { 'grpc-encoding': 'gzip' }],
  ]
  test.each(ok)('%s', async (_what, body, headers) => {
    await using h = await openHarness({ own: [picky] })
    const outcome = await callWith(h, body, headers)
    expect(outcome).toMatchObject({ code: 0, text: '' })
    expect(outcome.body.length).toBe(5 + 2 * Math.max(2, body.length > MAX ? MAX : 0))
  })

  const refused: [string, Buffer, Record<string, string>, number, string][] = [
    ['without a message', Buffer.alloc(0), {}, 12, `Received no request message for method ${PATH}`],
    [
      'of two messages',
      Buffer.concat([framed(bytes('a')), framed(bytes('b'))]),
      {},
      12,
      `Received a second request message for method ${PATH}`,
    ],
    ['that is malformed', framed(Buffer.alloc(0)), {}, 13, 'Error deserializing request'],
    ['that ends within its message', framed(bytes('ab'), 3), {}, 13, 'the request ended within a message'],
    [
      'that is announced too large',
      framed(bytes('ab'), MAX + 1),
      {},
      8,
      'Received message larger than max (65537 vs 65536)',
    ],
    [
      'that unfolds without end',
      packed(gzipSync(Buffer.alloc(10_000_000))),
      { 'grpc-encoding': 'gzip' },
      8,
      'Received message that decompresses to a size larger than 65536',
    ],
    [
      'that does not unfold',
      packed(bytes('rubbish')),
      { 'grpc-encoding': 'deflate' },
      13,
      'Failed to decompress message',
    ],
    ['packed without saying how', flagged(1), {}, 13, 'grpc: compressed flag set with identity or empty encoding'],
    ['with a flag of no meaning', flagged(2), {}, 13, 'grpc: received unexpected payload format 2'],
    [
      'packed in a way of its own',
      flagged(1),
      { 'grpc-encoding': 'constructor' },
      12,
      'Received message compressed with unsupported encoding "constructor"',
    ],
  ]
  test.each(refused)('%s is refused', async (_what, body, headers, code, text) => {
    await using h = await openHarness({ own: [picky] })
    expect(await callWith(h, body, headers)).toMatchObject({ code, text })
    expect(h.log.filter((line) => /fault|internal/.test(line))).toEqual([])
  })

  test('may come byte by byte', async () => {
    await using h = await openHarness({ own: [twice] })
    const session = await sessionTo(h)
    const stream = session.request({ ':method': 'POST', ':path': PATH, 'content-type': 'application/grpc' })
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    for (const byte of framed(Buffer.alloc(200, 7))) stream.write(Buffer.from([byte]))
    stream.end()
    await once(stream, 'end')
    expect(Buffer.concat(parts)).toEqual(framed(Buffer.alloc(400, 7)))
    session.destroy()
  })
})

describe('a method of many messages', () => {
  test('answers before its request has ended, message for message', async () => {
    await using h = await openHarness({
      own: [
        streamMethod(async function* (requests) {
          for await (const request of requests) yield Buffer.concat([request, request])
        }),
      ],
    })
    const session = await sessionTo(h)
    const stream = session.request({ ':method': 'POST', ':path': PATH, 'content-type': 'application/grpc' })
    for (const word of ['a', 'bc', '']) {
      stream.write(framed(bytes(word)))
      expect(await once(stream, 'data')).toEqual([framed(bytes(word + word))])
    }
    stream.end()
    const [trailers] = (await once(stream, 'trailers')) as [Record<string, string>]
    expect(trailers['grpc-status']).toBe('0')
    session.destroy()
  })

  test('waits for a client who does not read', async () => {
    let said = 0
    await using h = await openHarness({
      own: [
        streamMethod(async function* () {
          for (; said < 10_000; said++) yield Buffer.alloc(10_000)
        }),
      ],
    })
    const session = await sessionTo(h)
    const stream = session.request({ ':method': 'POST', ':path': PATH, 'content-type': 'application/grpc' })
    stream.end()
    await once(stream, 'response')
    let before = -1
    await until(
      'the handler waits',
      () => {
        const waits = said === before
        before = said
        return waits
      },
      { everyMs: 100 },
    )
    expect(said).toBeLessThan(100)
    stream.close(constants.NGHTTP2_CANCEL)
    session.destroy()
  })

  test.each([
    ['its client goes away', {}, 'cancelled'],
    ['its time is up', { serviceTimeoutMs: 50 }, 'timed-out'],
  ])('learns that %s, and holds up nothing', async (_what, config, kind) => {
    let signal: AbortSignal | undefined
    await using h = await openHarness({
      config,
      own: [
        streamMethod(async function* (_requests, context) {
          signal = context.signal
          yield await new Promise<Buffer>(() => undefined)
        }),
      ],
    })
    const stop = new AbortController()
    const call = h.client.call(PATH, [bytes('x')], { signal: stop.signal })
    await until('the handler runs', () => signal !== undefined)
    if (kind === 'cancelled') stop.abort()
    expect((await call).code).toBe(kind === 'cancelled' ? status.CANCELLED : status.DEADLINE_EXCEEDED)
    await until('the handler is told', () => signal?.aborted === true)
    expect((signal?.reason as SnetError).kind).toBe(kind)
    expect(h.gateway.callsInFlight).toBe(0)
  })
})

describe('a stranger without a key does not end own methods', () => {
  const CONNECTIONS = 5

  test('with a thousand calls at once', async () => {
    const AT_ONCE = 1_000
    await using h = await openHarness({ own: [twice], config: { maxCallsInFlight: AT_ONCE } })
    const sessions = await Promise.all(Array.from({ length: CONNECTIONS }, () => sessionTo(h)))
    const headers = { 'x-much': 'z'.repeat(2_000) }
    const call = (i: number): Promise<Outcome> =>
      callByHand(sessions[i % CONNECTIONS] as ClientHttp2Session, { path: PATH, headers, body: framed(bytes('ab')) })
    const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, (_none, i) => call(i)))
    expect(outcomes.filter(({ code }) => code === 0)).toHaveLength(AT_ONCE)
    for (const session of sessions) session.destroy()
  })

  test('with calls that he takes back', async () => {
    const RESETS = 500
    await using h = await openHarness({ own: [twice] })
    const call = headerBlock([
      [':method', 'POST'],
      [':scheme', 'http'],
      [':path', PATH],
      [':authority', 'x'],
      ['content-type', 'application/grpc'],
    ])
    const takenBack = (stream: number): Buffer =>
      Buffer.concat([
        headersFrames(stream, call),
        frame(FRAME.rstStream, { stream, payload: uint32(constants.NGHTTP2_CANCEL) }),
      ])
    const all = Buffer.concat([HELLO, ...Array.from({ length: RESETS }, (_none, i) => takenBack(2 * i + 1))])
    for (let i = 0; i < CONNECTIONS; i++) {
      const socket = connect(h.gateway.address.port, h.gateway.address.host)
      socket.on('error', () => undefined).resume()
      await new Promise((done) => socket.write(all, done))
      socket.destroy()
    }
    using another = new RawClient(h.gateway.address)
    expect(await another.call(PATH, [bytes('ab')])).toMatchObject({ code: 0, messages: [bytes('abab')] })
    await until('no call is left', () => h.gateway.callsInFlight === 0)
    expect(h.log.filter((line) => /fault|internal|could not/.test(line))).toEqual([])
  })
})
