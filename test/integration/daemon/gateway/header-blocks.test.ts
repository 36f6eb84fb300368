import { connect } from 'node:net'
import { type Metadata, status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import {
  type FrameHabits,
  type Lines,
  startFrameService,
  statusOnly,
  wholeAnswer,
} from '../../../support/frame-service.js'
import { dataFrames, headerBlock, headersFrames, HELLO } from '../../../support/frames.js'
import { asLines, callByHand, connectByHand, framed } from '../../../support/by-hand.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, paid } from './harness.js'

const bytes = (text: string) => Buffer.from(text)
const PAYMENT = paid().toHttp2Headers() as Record<string, string>
const [UNARY, STREAM] = ['/echo.Echo/Unary', '/echo.Echo/Count']

/** One paid call of each kind to a service with these habits. */
async function callsTo(habits: FrameHabits) {
  await using service = await startFrameService(habits)
  await using h = await openHarness({ url: service.url })
  const unary = await h.client.call(UNARY, [bytes('x')], { metadata: paid() })
  const stream = await h.client.call(STREAM, [bytes('x')], { metadata: paid() })
  return { answers: [unary, stream], payments: h.payments, log: h.log }
}

describe('an answer that node refuses to repeat', () => {
  const strange: [string, { headers?: Lines; trailers?: Lines }, Record<string, string>][] = [
    [
      'trailers: etag twice',
      {
        trailers: [
          ['etag', 'a'],
          ['etag', 'b'],
        ],
      },
      { etag: 'a, b' },
    ],
    [
      'trailers: authorization twice',
      {
        trailers: [
          ['authorization', 'a'],
          ['authorization', 'b'],
        ],
      },
      { authorization: 'a, b' },
    ],
    ['trailers: http2-settings', { trailers: [['http2-settings', 'x']] }, {}],
    [
      'trailers: names of JavaScript',
      {
        trailers: [
          ['constructor', 'x'],
          ['__proto__', 'y'],
          ['length', '1'],
        ],
      },
      { constructor: 'x', length: '1' },
    ],
    [
      'trailers: a second status',
      {
        trailers: [
          ['grpc-status', '5'],
          ['grpc-message', 'no'],
        ],
      },
      {},
    ],
    [
      'headers: date twice',
      {
        headers: [
          ['date', 'a'],
          ['date', 'b'],
        ],
      },
      {},
    ],
    ['headers: http2-settings', { headers: [['http2-settings', 'x']] }, {}],
    [
      'trailers of 14 kB',
      { trailers: Array.from({ length: 12 }, (_none, i) => [`x-big${i}`, 'a'.repeat(1200)] as const) },
      {},
    ],
  ]
  test.each(strange)('%s: is delivered, and paid', async (_what, { headers = [], trailers = [] }, told) => {
    const { answers, payments, log } = await callsTo({ onEnd: (stream) => wholeAnswer(stream, headers, trailers) })
    for (const answer of answers) {
      expect(answer).toMatchObject({ code: status.OK, messages: [Buffer.from([7])] })
      for (const [name, value] of Object.entries(told)) expect(answer.trailers.get(name)).toEqual([value])
    }
    expect(payments).toMatchObject({ committed: 2, open: 0 })
    expect(log.filter((line) => /fault|internal/.test(line))).toEqual([])
  })

  test('an error status with repeats reaches the client as it is, and costs nothing', async () => {
    const lines: Lines = [
      ['grpc-status', '5'],
      ['etag', 'a'],
      ['etag', 'b'],
    ]
    const { answers, payments } = await callsTo({ onEnd: (stream) => statusOnly(stream, lines) })
    expect(answers.map(({ code }) => code)).toEqual([status.NOT_FOUND, status.NOT_FOUND])
    expect(payments).toMatchObject({ committed: 0, open: 0 })
  })
})

test('an answer that cannot be sent on is no success: nothing is paid, and the call says why', async () => {
  const big: Lines = Array.from({ length: 31 }, (_none, i) => [`x-${i}`, 'a'.repeat(2_000)])
  const { answers, payments } = await callsTo({ onEnd: (stream) => wholeAnswer(stream, [], big) })
  for (const { code, details } of answers) {
    expect(code).toBe(status.INTERNAL)
    expect(details).toMatch(/^the service answered 6\d{4} bytes of headers, more than the 61440 that go on$/)
  }
  expect(payments).toMatchObject({ committed: 0, open: 0 })
})

/** A paid call in frames, with metadata that node's own client would not send. */
function callInFrames({ gateway }: Harness, lines: Lines) {
  const socket = connect(gateway.address.port, gateway.address.host)
  socket.on('error', () => undefined).resume()
  const call: Lines = [
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', UNARY],
    [':authority', 'x'],
    ['content-type', 'application/grpc'],
    ['te', 'trailers'],
    ...Object.entries(PAYMENT).map(([name, value]) => [name, String(value)] as const),
    ...lines,
  ]
  const body = Buffer.from([0, 0, 0, 0, 1, 7])
  socket.write(Buffer.concat([HELLO, headersFrames(1, headerBlock(call)), dataFrames(1, body)]))
  return { [Symbol.dispose]: () => void socket.destroy() }
}

test.each<[string, Lines, string[]]>([
  [
    'authorization twice',
    [
      ['authorization', 'a'],
      ['authorization', 'b'],
    ],
    ['a, b'],
  ],
  [
    'a connection field',
    [
      ['http2-settings', 'x'],
      ['authorization', 'a'],
    ],
    ['a'],
  ],
  [
    'names of JavaScript',
    [
      ['constructor', 'x'],
      ['__proto__', 'y'],
      ['authorization', 'a'],
    ],
    ['a'],
  ],
])('legal metadata passes to the service: %s', async (_what, lines, seen) => {
  await using h = await openHarness()
  using _call = callInFrames(h, lines)
  await until('the call is paid', () => h.payments.committed === 1)
  expect((h.service.seen[0] as Metadata).get('authorization')).toEqual(seen)
  expect(h.log.filter((line) => /fault|internal/.test(line))).toEqual([])
})

test('metadata too large for one header block is refused with a status of its own', async () => {
  await using h = await openHarness({ config: { maxHeaderBytes: 1024 * 1024 } })
  const metadata = paid(Object.fromEntries(Array.from({ length: 30 }, (_none, i) => [`x-${i}`, 'y'.repeat(2_000)])))
  expect(await h.client.call(UNARY, [bytes('x')], { metadata })).toMatchObject({
    code: status.RESOURCE_EXHAUSTED,
    details: 'the header list of the call is larger than the 61440 bytes that go on',
  })
  expect(h.service.seen).toEqual([])
  expect(h.payments).toMatchObject({ committed: 0, open: 0 })
})

test('a refusal that repeats what a client sent is short, whatever he sent', async () => {
  await using h = await openHarness()
  const session = await connectByHand(`127.0.0.1:${h.gateway.address.port}`)
  const headers = asLines({ ...PAYMENT, 'snet-payment-channel-id': 'é'.repeat(12_000) })
  const { code, text } = await callByHand(session, { path: UNARY, headers, body: framed(bytes('x')) })
  expect(code).toBe(status.INVALID_ARGUMENT)
  expect(text).toMatch(/^incorrect format "snet-payment-channel-id": "é+…$/)
  session.destroy()
})
