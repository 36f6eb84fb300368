import { describe, expect, test } from 'vitest'
import { CODE } from '../../../../../src/daemon/gateway/frames/index.js'
import { FLAG, frame, FRAME, headerBlock, HELLO, PREFACE, SETTINGS, uint32 } from '../../../../support/frames.js'
import { RawPeer, serveFrames } from './support.js'

const POST = [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/a.B/C'],
  [':authority', 'a'],
] as const
type Lines = readonly (readonly [name: string, value: string])[]

const headers = (stream: number, lines: Lines = POST, flags: number = FLAG.endHeaders): Buffer =>
  frame(FRAME.headers, { stream, flags, payload: headerBlock(lines) })
const whole = (stream: number, lines: Lines = POST): Buffer => headers(stream, lines, FLAG.endHeaders | FLAG.endStream)
const data = (stream: number, bytes = 'x', flags = 0): Buffer =>
  frame(FRAME.data, { stream, flags, payload: Buffer.from(bytes) })
const reset = (stream: number): Buffer => frame(FRAME.rstStream, { stream, payload: uint32(CODE.CANCEL) })
const widen = (stream: number, by: number): Buffer => frame(FRAME.windowUpdate, { stream, payload: uint32(by) })
const setting = (id: number, value: number): Buffer =>
  frame(FRAME.settings, { payload: Buffer.concat([Buffer.from([0, id]), uint32(value)]) })
const priority = (stream: number, parent: number): Buffer =>
  frame(FRAME.priority, { stream, payload: Buffer.concat([uint32(parent), Buffer.from([1])]) })

/** So little that a test can go beyond it, however slow its machine is. */
const FEW = { resets: { burst: 100, perSecond: 0 }, idleFrames: { burst: 100, perSecond: 0 } }

async function answerTo(...parts: Buffer[]): Promise<string> {
  await using server = await serveFrames(undefined, FEW)
  using peer = new RawPeer(server.port)
  peer.send(...parts)
  const told = await peer.nextOf(FRAME.rstStream, FRAME.goaway)
  if (!told) return 'nothing'
  if (told.type === FRAME.rstStream) return `stream ${told.stream}: ${told.payload.readUInt32BE()}`
  // After a GOAWAY the connection ends.
  expect(await peer.next()).toBeUndefined()
  return `connection: ${told.payload.readUInt32BE(4)}`
}

const connection = (code: number): string => `connection: ${code}`
const stream = (id: number, code: number): string => `stream ${id}: ${code}`
const { PROTOCOL_ERROR, FRAME_SIZE_ERROR, STREAM_CLOSED, FLOW_CONTROL_ERROR, COMPRESSION_ERROR } = CODE

describe('RFC 9113 3.4: the beginning', () => {
  test.each([
    ['another preface', [Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\rX')]],
    ['a first frame that is not SETTINGS', [PREFACE, headers(1)]],
    ['a first frame that acknowledges', [PREFACE, frame(FRAME.settings, { flags: FLAG.ack })]],
  ])('%s', async (_what, parts) => expect(await answerTo(...parts)).toBe(connection(PROTOCOL_ERROR)))
})

describe('RFC 9113 4: frames', () => {
  test('one above 16 KiB', async () => {
    const large = frame(FRAME.data, { stream: 1, payload: Buffer.alloc(16_385) })
    expect(await answerTo(HELLO, headers(1), large)).toBe(connection(FRAME_SIZE_ERROR))
  })

  test('of unknown kinds are ignored', async () => {
    const unknown = frame(0x42, { stream: 5, flags: 0xff, payload: Buffer.alloc(10) })
    expect(await answerTo(HELLO, unknown, reset(9))).toBe(connection(PROTOCOL_ERROR))
  })

  test.each([
    ['a number that no field has', [0xff, 0x00]],
    ['a table that is too large', [0x3f, 0xe2, 0x1f]],
  ])('4.3: a header block with %s', async (_what, block) => {
    const bad = frame(FRAME.headers, { stream: 1, flags: FLAG.endHeaders, payload: Buffer.from(block) })
    expect(await answerTo(HELLO, bad)).toBe(connection(COMPRESSION_ERROR))
  })
})

describe('RFC 9113 5.1: states of a stream', () => {
  test.each([
    ['DATA on an idle one', [data(1)], connection(PROTOCOL_ERROR)],
    ['a reset of an idle one', [reset(1)], connection(PROTOCOL_ERROR)],
    ['a window of an idle one', [widen(1, 1)], connection(PROTOCOL_ERROR)],
    ['a CONTINUATION of nothing', [frame(FRAME.continuation, { stream: 1 })], connection(PROTOCOL_ERROR)],
    ['DATA after its end', [headers(1), data(1, 'x', FLAG.endStream), data(1)], connection(STREAM_CLOSED)],
    ['HEADERS after its end', [whole(1), headers(1)], connection(STREAM_CLOSED)],
    ['DATA after a reset', [headers(1), reset(1), data(1)], connection(STREAM_CLOSED)],
    ['HEADERS after a reset', [headers(1), reset(1), headers(1)], connection(STREAM_CLOSED)],
    ['an even number', [headers(2)], connection(PROTOCOL_ERROR)],
    ['a number below the last one', [headers(5), headers(3)], connection(STREAM_CLOSED)],
    ['one that depends on itself', [headers(1), priority(1, 1)], stream(1, PROTOCOL_ERROR)],
  ])('%s', async (_what, parts, answer) => expect(await answerTo(HELLO, ...parts)).toBe(answer))

  test('5.1.2: too many at a time are refused, and the ones that are open go on', async () => {
    await using server = await serveFrames(undefined, { maxStreams: 2 })
    using peer = new RawPeer(server.port)
    peer.send(HELLO, headers(1), headers(3), headers(5), data(1, 'x', FLAG.endStream))
    const refused = await peer.nextOf(FRAME.rstStream)
    expect([refused?.stream, refused?.payload.readUInt32BE()]).toEqual([5, CODE.REFUSED_STREAM])
    expect((await peer.nextOf(FRAME.data))?.stream).toBe(1)
    peer.send(whole(7))
    for (const next of [1, 3, 7]) expect((await peer.nextOf(FRAME.headers))?.stream).toBe(next)
  })
})

describe('RFC 9113 6: kinds of frames', () => {
  const padded = (type: number, flags: number): Buffer =>
    frame(type, { stream: 1, flags: flags | FLAG.padded, payload: Buffer.from([9, 0, 0]) })
  const cut = (type: number, length: number, at = 1): Buffer =>
    frame(type, { stream: at, payload: Buffer.alloc(length) })

  test.each([
    ['DATA on the connection', [data(0)], connection(PROTOCOL_ERROR)],
    ['DATA with too much padding', [headers(1), padded(FRAME.data, 0)], connection(PROTOCOL_ERROR)],
    ['HEADERS on the connection', [headers(0)], connection(PROTOCOL_ERROR)],
    ['HEADERS with too much padding', [padded(FRAME.headers, FLAG.endHeaders)], connection(PROTOCOL_ERROR)],
    ['PRIORITY on the connection', [priority(0, 1)], connection(PROTOCOL_ERROR)],
    ['a cut PRIORITY', [headers(1), cut(FRAME.priority, 4)], stream(1, FRAME_SIZE_ERROR)],
    ['a reset of the connection', [reset(0)], connection(PROTOCOL_ERROR)],
    ['a cut reset', [headers(1), cut(FRAME.rstStream, 3)], connection(FRAME_SIZE_ERROR)],
    ['SETTINGS of a stream', [frame(FRAME.settings, { stream: 1 })], connection(PROTOCOL_ERROR)],
    ['cut SETTINGS', [cut(FRAME.settings, 5, 0)], connection(FRAME_SIZE_ERROR)],
    [
      'an acknowledgement with settings',
      [frame(FRAME.settings, { flags: FLAG.ack, payload: Buffer.alloc(6) })],
      connection(FRAME_SIZE_ERROR),
    ],
    ['ENABLE_PUSH of 2', [setting(2, 2)], connection(PROTOCOL_ERROR)],
    ['a window above 2^31-1', [setting(4, 2 ** 31)], connection(FLOW_CONTROL_ERROR)],
    ['frames below 16 KiB', [setting(5, 16_383)], connection(PROTOCOL_ERROR)],
    ['frames above 16 MiB', [setting(5, 2 ** 24)], connection(PROTOCOL_ERROR)],
    ['PUSH_PROMISE', [headers(1), cut(FRAME.pushPromise, 4)], connection(PROTOCOL_ERROR)],
    ['a PING of a stream', [cut(FRAME.ping, 8)], connection(PROTOCOL_ERROR)],
    ['a cut PING', [cut(FRAME.ping, 7, 0)], connection(FRAME_SIZE_ERROR)],
    ['GOAWAY of a stream', [cut(FRAME.goaway, 8)], connection(PROTOCOL_ERROR)],
    ['a cut GOAWAY', [cut(FRAME.goaway, 7, 0)], connection(FRAME_SIZE_ERROR)],
    ['a cut window', [cut(FRAME.windowUpdate, 3, 0)], connection(FRAME_SIZE_ERROR)],
    ['a connection widened by nothing', [widen(0, 0)], connection(PROTOCOL_ERROR)],
    ['a connection widened too much', [widen(0, 2 ** 31 - 1)], connection(FLOW_CONTROL_ERROR)],
    ['a stream widened by nothing', [headers(1), widen(1, 0)], stream(1, PROTOCOL_ERROR)],
    ['a stream widened too much', [headers(1), widen(1, 2 ** 31 - 1)], stream(1, FLOW_CONTROL_ERROR)],
    [
      'windows that a setting makes too large',
      [headers(1), widen(1, 2 ** 31 - 65_536), setting(4, 2 ** 31 - 1)],
      connection(FLOW_CONTROL_ERROR),
    ],
    ['a frame within a header block', [headers(1, POST, 0), data(1)], connection(PROTOCOL_ERROR)],
    [
      'a block that another stream goes on with',
      [headers(1, POST, 0), frame(FRAME.continuation, { stream: 3 })],
      connection(PROTOCOL_ERROR),
    ],
  ])('%s', async (_what, parts, answer) => expect(await answerTo(HELLO, ...parts)).toBe(answer))

  test('a PING is answered with what it carries', async () => {
    await using server = await serveFrames()
    using peer = new RawPeer(server.port)
    peer.send(HELLO, frame(FRAME.ping, { payload: Buffer.from('12345678') }))
    expect(await peer.nextOf(FRAME.ping)).toMatchObject({ flags: FLAG.ack, payload: Buffer.from('12345678') })
  })

  test('6.9.2: a window that was lowered below zero is waited for', async () => {
    await using server = await serveFrames()
    using peer = new RawPeer(server.port)
    peer.send(HELLO, setting(4, 3), headers(1), data(1, 'abcdef'))
    expect((await peer.nextOf(FRAME.data))?.payload.toString()).toBe('abc')
    peer.send(setting(4, 0), widen(1, 2), data(1, '', FLAG.endStream))
    peer.send(widen(1, 2))
    expect((await peer.nextOf(FRAME.data))?.payload.toString()).toBe('d')
    peer.send(widen(1, 100))
    expect((await peer.nextOf(FRAME.data))?.payload.toString()).toBe('ef')
  })
})

describe('RFC 9113 8: requests', () => {
  const without = (name: string): Lines => POST.filter(([field]) => field !== name)
  const length = (value: string): Lines => [...POST, ['content-length', value]]
  test.each<[string, Buffer[]]>([
    ['a name in capitals', [whole(1, [...POST, ['X-A', '1']])]],
    ['a value with a line break', [whole(1, [...POST, ['x-a', '1\r\nb: 2']])]],
    ['a value with a space before it', [whole(1, [...POST, ['x-a', ' 1']])]],
    ['an unknown pseudo-field', [whole(1, [...POST, [':x', '1']])]],
    ['a pseudo-field of answers', [whole(1, [...POST, [':status', '200']])]],
    ['a pseudo-field behind others', [whole(1, [['x', '1'], ...POST])]],
    ['a pseudo-field twice', [whole(1, [...POST, [':path', '/']])]],
    ['no method', [whole(1, without(':method'))]],
    ['no scheme', [whole(1, without(':scheme'))]],
    ['no path', [whole(1, without(':path'))]],
    ['an empty path', [whole(1, [...without(':path'), [':path', '']])]],
    ['a field of the connection', [whole(1, [...POST, ['connection', 'close']])]],
    ['a te that is not "trailers"', [whole(1, [...POST, ['te', 'gzip']])]],
    ['a pseudo-field among trailers', [headers(1), whole(1, [[':path', '/']])]],
    ['a request again as its own trailers', [headers(1), whole(1)]],
    ['trailers that are no end', [headers(1), headers(1, [['x', '1']])]],
    ['less than the length announced', [headers(1, length('2')), data(1, 'x', FLAG.endStream)]],
    ['more than the length announced', [headers(1, length('2')), data(1, 'xx'), data(1, 'x', FLAG.endStream)]],
    ['a length that is none', [headers(1, length('-1'))]],
  ])('%s', async (_what, parts) => expect(await answerTo(HELLO, ...parts)).toBe(stream(1, PROTOCOL_ERROR)))

  test('a header list above the limit is 431, and the connection goes on', async () => {
    await using server = await serveFrames()
    using peer = new RawPeer(server.port)
    const large = headerBlock([...POST, ['x', 'y'.repeat(16_000)], ['z', 'y'.repeat(300)]])
    peer.send(HELLO, frame(FRAME.headers, { stream: 1, flags: FLAG.endHeaders, payload: large }), whole(3))
    const told = await peer.nextOf(FRAME.headers)
    expect(told?.payload.toString('latin1')).toContain('431')
    expect(await peer.nextOf(FRAME.headers)).toMatchObject({ stream: 3 })
  })
})

describe('what costs the sender little and us more ends the connection', () => {
  const { ENHANCE_YOUR_CALM } = CODE
  const many = (count: number, make: (index: number) => Buffer): Buffer =>
    Buffer.concat(Array.from({ length: count }, (_, index) => make(index)))
  test.each<[string, () => Buffer]>([
    [
      'a header block without end',
      () =>
        Buffer.concat([
          headers(1, POST, 0),
          many(70, () => frame(FRAME.continuation, { stream: 1, payload: Buffer.from([0]) })),
        ]),
    ],
    ['streams opened and taken back', () => many(110, (i) => Buffer.concat([headers(2 * i + 1), reset(2 * i + 1)]))],
    ['PINGs', () => many(110, () => frame(FRAME.ping, { payload: Buffer.alloc(8) }))],
    ['SETTINGS', () => many(110, () => SETTINGS)],
    ['PRIORITY', () => many(110, () => priority(3, 1))],
    ['empty DATA', () => Buffer.concat([headers(1), many(110, () => data(1, ''))])],
    ['unknown frames', () => many(110, () => frame(0x55))],
  ])('%s', async (_what, flood) => expect(await answerTo(HELLO, flood())).toBe(connection(ENHANCE_YOUR_CALM)))
})
