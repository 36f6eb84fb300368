import { randomBytes } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { ask } from '../../../../src/daemon/gateway/index.js'
import { asLines, framed } from '../../../support/by-hand.js'
import {
  answerHead,
  type FrameHabits,
  type HeardRequest,
  type Say,
  startFrameService,
  wholeAnswer,
} from '../../../support/frame-service.js'
import { FLAG, frame, FRAME, uint32 } from '../../../support/frames.js'
import { DATA_PLANE } from '../../../support/gateway-config.js'
import { until } from '../../../support/until.js'
import { openWebClient } from '../../../support/web-client.js'
import { type Harness, openHarness, paid } from './harness.js'

const [UNARY, CHAT] = ['/echo.Echo/Unary', '/echo.Echo/Chat']
const NOTHING = Buffer.alloc(0)
const LARGEST = 2 ** 31 - 1

const bytes = (text: string): Buffer => Buffer.from(text)
const goaway = (last: number, code = 0): Buffer =>
  frame(FRAME.goaway, { payload: Buffer.concat([uint32(last), uint32(code)]) })
const reset = (stream: number, code: number): Buffer => frame(FRAME.rstStream, { stream, payload: uint32(code) })
const PING = frame(FRAME.ping, { payload: Buffer.alloc(8) })
/** Room for large requests from the start: 1 MiB for each call, more for the connection. */
const WIDE = Buffer.concat([
  frame(FRAME.settings, { payload: Buffer.from('000400100000', 'hex') }),
  frame(FRAME.windowUpdate, { payload: uint32(1 << 26) }),
])
const echo = (stream: number, { body }: HeardRequest): Buffer => wholeAnswer(stream, [], [], [body])

const unary = (h: Harness, word = 'x') => h.client.call(UNARY, [bytes(word)], { metadata: paid() })

interface Heard extends HeardRequest {
  readonly stream: number
  readonly say: Say
}

/** A service that does with the calls of its first connection what it is told to, and echoes those of any other. */
async function startLeaving(onFirst: (call: Heard, heard: readonly Heard[]) => Buffer, habits: FrameHabits = {}) {
  const heard: Heard[] = []
  const service = await startFrameService({
    ...habits,
    onEnd(stream, say, request) {
      heard.push({ ...request, stream, say })
      return request.connection > 1 ? echo(stream, request) : onFirst({ ...request, stream, say }, heard)
    },
  })
  return Object.assign(service, { heard })
}

describe('a service that leaves', () => {
  test('answers the calls that it has taken; the others go out again on a new connection, as they were', async () => {
    await using service = await startLeaving(({ stream }, heard) =>
      stream < 7 ? NOTHING : Buffer.concat([goaway(3), ...heard.slice(0, 2).map((one) => echo(one.stream, one))]),
    )
    await using h = await openHarness({ url: service.url })
    const words = ['one', 'two', 'three', 'four']
    const answers = await Promise.all(words.map((word) => unary(h, word)))
    expect(answers.map(({ code, messages }) => [code, String(messages[0])])).toEqual(words.map((word) => [0, word]))
    const on = (connection: number) => service.heard.filter((one) => one.connection === connection)
    const wordsOf = (calls: readonly Heard[]) => calls.map(({ body }) => String(body)).sort()
    expect(wordsOf(on(2))).toEqual(wordsOf(on(1).slice(2)))
    expect([service.connections, on(1).length, on(2).length]).toEqual([2, 4, 2])
    expect(h.payments).toMatchObject({ committed: 4, open: 0 })
  })

  test('in two steps, as it should, gets no new call after the first and loses none', async () => {
    let isRead = false
    await using service = await startLeaving(() => NOTHING, { onPong: () => (isRead = true) })
    await using h = await openHarness({ url: service.url })
    const taken = unary(h, 'taken')
    await until('the call is there', () => service.heard.length === 1)
    const [first] = service.heard as [Heard]
    first.say(Buffer.concat([goaway(LARGEST), PING]))
    await until('the service was heard', () => isRead)
    expect(await unary(h, 'new')).toMatchObject({ code: 0, messages: [bytes('new')] })
    first.say(Buffer.concat([goaway(1), echo(1, first)]))
    expect(await taken).toMatchObject({ code: 0, messages: [bytes('taken')] })
    expect(service.connections).toBe(2)
    expect(h.payments).toMatchObject({ committed: 2, open: 0 })
  })

  test('while a request is being sent gets it from its beginning on the next connection', async () => {
    let hasLeft = false
    await using service = await startLeaving(() => NOTHING, {
      onFrame({ type }, say, connection) {
        if (type !== FRAME.data || connection > 1 || hasLeft) return
        hasLeft = true
        say(goaway(0))
      },
    })
    await using h = await openHarness({ url: service.url })
    const call = h.client.client.makeBidiStreamRequest(
      CHAT,
      (message: Buffer) => message,
      (message: Buffer) => message,
      paid(),
    )
    const received: string[] = []
    call.on('data', (message: Buffer) => received.push(String(message))).on('error', () => undefined)
    const ended = new Promise<{ code: number }>((done) => call.once('status', done))
    call.write(bytes('one'))
    await until('the call goes out again', () => service.connections === 2)
    call.write(bytes('two'))
    call.end()
    expect(await ended).toMatchObject({ code: 0 })
    expect(received).toEqual(['one', 'two'])
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
  })

  test('and took no call with a request too large to be kept: it is unavailable and unpaid, and the next one is served', async () => {
    await using service = await startLeaving(() => goaway(0), { hello: WIDE })
    await using h = await openHarness({ url: service.url })
    expect(await unary(h, 'x'.repeat(100_000))).toMatchObject({ code: status.UNAVAILABLE })
    expect(service.heard).toHaveLength(1)
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
    expect(await unary(h)).toMatchObject({ code: 0 })
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
  })

  test('in the midst of an answer that it had begun is asked nothing again', async () => {
    let leave = (): void => undefined
    await using service = await startLeaving(
      ({ stream, say }) => {
        leave = () => say(goaway(0))
        return Buffer.concat([answerHead(stream), PING])
      },
      { onPong: () => leave() },
    )
    await using h = await openHarness({ url: service.url })
    expect(await unary(h)).toMatchObject({ code: status.UNAVAILABLE })
    expect(service.heard).toHaveLength(1)
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('with an error answers what it has taken; the next call goes elsewhere', async () => {
    const ENHANCE_YOUR_CALM = 11
    await using service = await startLeaving((one) => Buffer.concat([goaway(1, ENHANCE_YOUR_CALM), echo(1, one)]))
    await using h = await openHarness({ url: service.url })
    // Node takes the error for the end of all calls.
    expect((await unary(h)).code).toBe(DATA_PLANE === 'frames' ? 0 : status.UNAVAILABLE)
    expect(await unary(h)).toMatchObject({ code: 0 })
    expect(service.connections).toBe(2)
  })

  test('and hangs up before it has answered what it took costs that call, which is not made again', async () => {
    await using service = await startLeaving(
      ({ say }) => {
        say(Buffer.concat([goaway(LARGEST), PING]))
        return NOTHING
      },
      { onPong: () => service.reset() },
    )
    await using h = await openHarness({ url: service.url })
    expect(await unary(h)).toMatchObject({
      code: status.UNAVAILABLE,
      details: `the connection to the service at ${service.url.host} was lost before it had answered`,
    })
    expect(service.heard).toHaveLength(1)
    expect(await unary(h)).toMatchObject({ code: 0 })
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
  })

  test.each([
    [2, status.INTERNAL],
    [8, status.CANCELLED],
    [11, status.RESOURCE_EXHAUSTED],
    [12, status.PERMISSION_DENIED],
  ])('and resets its last call with code %i has that code told', async (code, told) => {
    await using service = await startLeaving(({ stream }) => Buffer.concat([goaway(stream), reset(stream, code)]))
    await using h = await openHarness({ url: service.url })
    expect(await unary(h)).toMatchObject({
      code: told,
      details: `the stream to the service was reset with HTTP/2 error code ${code}`,
    })
    expect(await unary(h)).toMatchObject({ code: 0 })
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
  })

  test('and ends its last call without a status has that told', async () => {
    await using service = await startLeaving(({ stream }) =>
      Buffer.concat([goaway(stream), answerHead(stream), frame(FRAME.data, { stream, flags: FLAG.endStream })]),
    )
    await using h = await openHarness({ url: service.url })
    expect(await unary(h)).toMatchObject({
      code: status.INTERNAL,
      details: 'the service closed the stream without a status',
    })
  })
})

/** A service that leaves its first connection as soon as something of a request comes, and notes what it hears on others. */
async function startOnceLeaving() {
  const bodies: Buffer[] = []
  let hasLeft = false
  const service = await startFrameService({
    onFrame({ type }, say, connection) {
      if (type !== FRAME.data || connection > 1 || hasLeft) return
      hasLeft = true
      say(goaway(0))
    },
    onEnd(stream, _say, { connection, body }) {
      if (connection === 1) return NOTHING
      bodies.push(body)
      return wholeAnswer(stream, [], [])
    },
  })
  return Object.assign(service, { bodies })
}

describe('a request that goes out again is the same, also', () => {
  const words = ['one', 'two', 'three'].map(bytes)
  const all = Buffer.concat(words.map((word) => framed(word)))

  test.each([
    ['as bytes over HTTP/1.1', 1, false],
    ['as text over HTTP/1.1', 1, true],
    ['as text over HTTP/2', 2, true],
  ] as const)('of a web page, %s', async (_what, version, text) => {
    await using service = await startOnceLeaving()
    await using h = await openHarness({ url: service.url })
    using client = openWebClient(`http://127.0.0.1:${h.gateway.address.port}`, version)
    const headers = asLines(paid().getMap())
    expect(await client.call(CHAT, words, { text, headers })).toMatchObject({ code: 0, messages: [Buffer.from([7])] })
    expect(service.bodies).toEqual([all])
  })

  test('of many bytes, after much else was read and sent', async () => {
    const REFUSED = 7
    const large = randomBytes(60_000)
    const attempts: HeardRequest[] = []
    let refuse = (): void => undefined
    await using service = await startFrameService({
      hello: WIDE,
      onEnd(stream, say, request) {
        const isOther = request.body.length < large.length
        if (!isOther) attempts.push(request)
        refuse = attempts.length === 1 && !isOther ? () => say(reset(stream, REFUSED)) : refuse
        return isOther || attempts.length > 1 ? wholeAnswer(stream, [], []) : NOTHING
      },
    })
    await using h = await openHarness({ url: service.url })
    const answer = h.client.call(UNARY, [large], { metadata: paid() })
    await until('it has gone out', () => attempts.length === 1)
    for (let i = 0; i < 30; i++) await h.client.call(UNARY, [Buffer.alloc(50_000, i)], { metadata: paid() })
    refuse()
    expect(await answer).toMatchObject({ code: 0 })
    expect(attempts.map(({ body }) => body.equals(framed(large)))).toEqual([true, true])
  })

  test('of the daemon itself, whose messages come one by one', async () => {
    await using service = await startOnceLeaving()
    await using h = await openHarness({ url: service.url })
    const messages = async function* () {
      yield words[0] as Buffer
      await until('the call goes out again', () => service.connections === 2)
      yield* words.slice(1)
    }
    const options = { timeoutMs: 10_000, signal: new AbortController().signal }
    expect(await ask(h.upstream, CHAT, messages(), options)).toEqual(Buffer.from([7]))
    expect(service.bodies).toEqual([all])
  })
})

describe('a service that refuses a call unheard', () => {
  const REFUSED = 7

  test('is asked once more, and the call is paid once', async () => {
    const streams: number[] = []
    await using service = await startFrameService({
      onHeaders(stream) {
        streams.push(stream)
        return streams.length === 1 ? reset(stream, REFUSED) : NOTHING
      },
      onEnd: (stream, _say, request) => (streams.length === 1 ? NOTHING : echo(stream, request)),
    })
    await using h = await openHarness({ url: service.url })
    expect(await unary(h, 'again')).toMatchObject({ code: 0, messages: [bytes('again')] })
    expect(streams).toEqual([1, 3])
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
  })

  test('and the second time, too, is not asked a third time', async () => {
    const streams: number[] = []
    await using service = await startFrameService({
      onHeaders(stream) {
        streams.push(stream)
        return reset(stream, REFUSED)
      },
    })
    await using h = await openHarness({ url: service.url })
    expect(await unary(h)).toMatchObject({ code: status.UNAVAILABLE })
    expect(streams).toEqual([1, 3])
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })
})

describe('the numbers that a connection has for calls', () => {
  test('are not used up: there is another one in time, no call fails, and the one before ends with its calls', async () => {
    const waiting: (() => void)[] = []
    await using service = await startFrameService({
      onEnd(stream, say, request) {
        if (request.body.includes('wait')) waiting.push(() => say(echo(stream, request)))
        return request.body.includes('wait') ? NOTHING : echo(stream, request)
      },
    })
    await using h = await openHarness({ url: service.url, limits: { maxCalls: 3 } })
    const slow = unary(h, 'wait')
    await until('the call is there', () => waiting.length === 1)
    for (let n = 0; n < 3; n++) expect(await unary(h)).toMatchObject({ code: 0 })
    const atOnce = await Promise.all(Array.from({ length: 6 }, () => unary(h)))
    expect(atOnce.map(({ code }) => code)).toEqual(Array(6).fill(0))
    expect(service.connections).toBe(4)
    await until('those that are used up and idle are closed', () => service.open === 2)
    waiting[0]?.()
    expect(await slow).toMatchObject({ code: 0 })
    await until('the first is closed, too', () => service.open === 1)
    expect(h.payments).toMatchObject({ committed: 10, open: 0 })
  })
})
