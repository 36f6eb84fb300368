import { connect as connectHttp2 } from 'node:http2'
import { describe, expect, test } from 'vitest'
import { connectGrpcUpstream } from '../../../../src/daemon/gateway/index.js'
import { framed } from '../../../support/by-hand.js'
import { type Say, startFrameService, wholeAnswer } from '../../../support/frame-service.js'
import type { ReadFrame } from '../../../support/frame-stream-reader.js'
import { FLAG, frame, FRAME } from '../../../support/frames.js'
import { DATA_PLANE, somePoolLimits } from '../../../support/gateway-config.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, paid } from './harness.js'
import { codeName, headers, ping, reset, settings, widen } from './http2/case.js'
import { answerOn, CALL, HEAD, promise, type Outcome, type ServiceCase } from './http2/service-case.js'
import { serviceSuites } from './http2/service-cases.js'

const UNARY = '/echo.Echo/Unary'
const FIRST = 1
/** Node says of some faults that it leaves, and reads no further: that is noticed when a service gives no sign of life. */
const QUICK = { limits: { askAfterMs: [10], answerMs: 100 } }

const codeOf = async (h: Harness): Promise<number> =>
  (await h.client.call(UNARY, [Buffer.from('x')], { metadata: paid() })).code

/** What the gate says to a service when something is wrong. */
function wordsOf({ type, stream, payload }: ReadFrame): readonly string[] {
  if (type === FRAME.rstStream && stream === CALL) return [`stream ${stream}: ${codeName(payload.readUInt32BE())}`]
  return type === FRAME.goaway ? [`connection: ${codeName(payload.readUInt32BE(4))}`] : []
}

interface Scene extends Outcome {
  /** The call that waited on the connection, and one that was made afterwards. */
  readonly others: readonly number[]
  readonly connections: number
  readonly committed: number
}

/** One call to a service that says `say` in answer, beside one that waits on the same connection and one that follows. */
async function play(say: readonly Buffer[], expected: Outcome): Promise<Scene> {
  const told: string[] = []
  let answerFirst: (() => void) | undefined
  await using service = await startFrameService({
    onFrame(frame, _say, connection) {
      if (connection === 1) told.push(...wordsOf(frame))
    },
    onEnd(stream, tell: Say, { connection }) {
      if (connection > 1 || stream > CALL) return answerOn(stream)
      if (stream === CALL) return Buffer.concat(say)
      answerFirst = () => tell(answerOn(FIRST))
      return Buffer.alloc(0)
    },
  })
  await using h = await openHarness({ url: service.url, ...(!expected.lives && DATA_PLANE === 'node' && QUICK) })
  const first = codeOf(h)
  await until('the first call is there', () => answerFirst !== undefined)
  const status = await codeOf(h)
  if (expected.lives) answerFirst?.()
  const others = [await first, await codeOf(h)]
  await until('the service was told', () => told.length >= expected.tells.length, { limitMs: 5_000 })
  const { connections } = service
  return { status, tells: [...told], lives: connections === 1, others, connections, committed: h.payments.committed }
}

const outcomeOf = ({ status, tells, lives, node }: ServiceCase): Outcome => ({
  ...{ status, tells, lives },
  ...(DATA_PLANE === 'node' && node),
})

describe('a service', () => {
  for (const [rfc, sections] of serviceSuites)
    for (const { title, cases } of sections)
      describe(`${rfc} ${title}`, () => {
        test.each(cases)('$what', async (each) => {
          const { status, tells, lives } = outcomeOf(each)
          const others = [lives ? 0 : 14, 0]
          expect(await play(each.say, { status, tells, lives })).toEqual({
            ...{ status, tells, lives, others },
            connections: lives ? 1 : 2,
            committed: [status, ...others].filter((code) => code === 0).length,
          })
        })
      })
})

test('the operator is told which rule a service has broken, and the client that it is not available', async () => {
  const reasons: unknown[] = []
  const warn = (_message: string, fields?: Record<string, unknown>): void => void reasons.push(fields?.['reason'])
  await using service = await startFrameService({ onEnd: (stream) => promise(stream, 2) })
  await using h = await openHarness({
    openUpstream: (limits) =>
      connectGrpcUpstream(
        { ...limits, endpoint: service.url, encoding: 'proto', dataPlane: DATA_PLANE, limits: somePoolLimits() },
        { log: { ...quietLog(), warn } },
      ),
  })
  const told = `the connection to the service at ${service.url.host} was lost before it had answered`
  expect(await h.client.call(UNARY, [Buffer.from('x')], { metadata: paid() })).toMatchObject({
    code: 14,
    details: told,
  })
  // Node tells of the fault of a connection only after the end of its calls.
  expect(reasons).toEqual([DATA_PLANE === 'frames' ? `${told}: a promise that nobody wants` : told])
})

describe('a service whose first frame', () => {
  test.each([
    ['is not SETTINGS', ping('12345678')],
    ['are settings that are none', settings([4, 2 ** 31])],
    ['is an acknowledgement', frame(FRAME.settings, { flags: FLAG.ack })],
  ])('%s cannot be connected to', async (_what, hello) => {
    await using service = await startFrameService({ hello })
    await using h = await openHarness({ url: service.url })
    const { code, details } = await h.client.call(UNARY, [Buffer.from('x')], { metadata: paid() })
    expect([code, details.split(':').slice(0, 2).join(':')]).toEqual([
      13,
      `can't connect to service ${service.url.host}`,
    ])
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })
})

describe('a service that takes less than it did', () => {
  const WINDOW = 10

  test('at a time: the next call is made on another connection, and those that are open go on', async () => {
    let lower = (): void => undefined
    let answerFirst = (): void => undefined
    let isRead = false
    await using service = await startFrameService({
      onEnd(stream, say, { connection }) {
        if (connection > 1) return answerOn(stream)
        lower = () => say(Buffer.concat([settings([3, 1]), ping('12345678')]))
        answerFirst = () => say(answerOn(stream))
        return Buffer.alloc(0)
      },
      onPong: () => (isRead = true),
    })
    await using h = await openHarness({ url: service.url })
    const first = codeOf(h)
    await until('the first call is there', () => (lower(), isRead))
    expect([await codeOf(h), service.connections]).toEqual([0, 2])
    answerFirst()
    expect(await first).toBe(0)
  })

  test('of a request: it gets no more than its window says, also below nothing, and all in the end', async () => {
    const lengths: number[] = []
    await using service = await startFrameService({
      hello: settings([4, 2 * WINDOW]),
      onFrame({ type, stream, payload, flags }, say) {
        if (type !== FRAME.data) return
        lengths.push(payload.length)
        if (flags & FLAG.endStream) return
        // After the first frame the window is at -10: 15 more make it 5, and then it is widened bit by bit.
        if (lengths.length === 1) say(Buffer.concat([settings([4, WINDOW]), widen(stream, 1.5 * WINDOW)]))
        else say(widen(stream, WINDOW))
      },
      onEnd: (stream, _say, { body }) => wholeAnswer(stream, [], [], [body]),
    })
    await using h = await openHarness({ url: service.url })
    const word = Buffer.alloc(40, 'w')
    const { code, messages } = await h.client.call(UNARY, [word], { metadata: paid() })
    expect([code, messages]).toEqual([0, [word]])
    expect(lengths.filter((length) => length > 0)).toEqual([20, 5, 10, 10])
  })
})

/** A call whose client has sent a message and not ended its request. */
function openHalf(h: Harness, initialWindowSize = 65_535) {
  const session = connectHttp2(`http://127.0.0.1:${h.gateway.address.port}`, { settings: { initialWindowSize } })
  const stream = session.request({
    ...{ ':method': 'POST', ':path': '/echo.Echo/Chat', 'content-type': 'application/grpc', te: 'trailers' },
    ...paid().toHttp2Headers(),
  })
  const ended = new Promise<unknown>((done) => {
    stream.on('response', (lines) => lines['grpc-status'] && done(lines['grpc-status']))
    stream.on('trailers', (lines) => done(lines['grpc-status']))
    stream.on('error', () => undefined).once('close', () => done('nothing'))
  })
  stream.resume().write(framed(Buffer.from('x')))
  return { ended, [Symbol.dispose]: () => session.destroy() }
}

describe('a service that has answered before the request has ended', () => {
  const onFirstData =
    (answer: (stream: number) => Buffer) =>
    ({ type, stream }: ReadFrame, say: Say): void => {
      if (type === FRAME.data) say(answer(stream))
    }

  test('and wants no more of it, is right to reset the stream without an error', async () => {
    await using service = await startFrameService({
      onFrame: onFirstData((stream) => Buffer.concat([answerOn(stream), reset(stream, 0)])),
    })
    await using h = await openHarness({ url: service.url })
    using call = openHalf(h)
    expect(await call.ended).toBe('0')
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
  })

  test('without a status has no other to come: the call ends, and costs nothing', async () => {
    await using service = await startFrameService({
      onFrame: onFirstData((stream) =>
        Buffer.concat([headers(stream, HEAD), frame(FRAME.data, { stream, flags: FLAG.endStream })]),
      ),
    })
    await using h = await openHarness({ url: service.url })
    using call = openHalf(h)
    expect(await call.ended).toBe('13')
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test.each([
    ['behind its headers', (stream: number) => Buffer.concat([headers(stream, HEAD), reset(stream, 0)])],
    ['and nothing else', (stream: number) => reset(stream, 0)],
  ])(
    'with a reset that is no error, %s, costs nothing, though much of the request was not sent',
    async (_what, answer) => {
      let say: ((each: ReadFrame, tell: Say) => void) | undefined = onFirstData(answer)
      await using service = await startFrameService({
        onFrame(each, tell) {
          say?.(each, tell)
          if (each.type === FRAME.data) say = undefined
        },
      })
      await using h = await openHarness({ url: service.url })
      const word = Buffer.alloc(200_000)
      expect(await h.client.call('/echo.Echo/Chat', [word], { metadata: paid() })).toMatchObject({
        ...{ code: 13, details: 'the service closed the stream without a status' },
      })
      expect(h.payments).toMatchObject({ committed: 0, open: 0 })
    },
  )

  test.each([
    ['resets the stream', (say: Say) => say(reset(1, 8))],
    ['hangs up', undefined],
  ])('and %s while its client has not taken all, is not paid for what is lost', async (_what, breakOff) => {
    const muchMoreThanIsTaken = Array.from({ length: 15 }, () => framed(Buffer.alloc(16_000)))
    let say: Say = () => undefined
    await using service = await startFrameService({
      onFrame(each, tell) {
        say = tell
        onFirstData((stream) => Buffer.concat([wholeAnswer(stream, [], [], muchMoreThanIsTaken), ping('12345678')]))(
          each,
          tell,
        )
      },
      onPong: () => (breakOff ? breakOff(say) : service.reset()),
    })
    await using h = await openHarness({ url: service.url, stallMs: 1_000 })
    using _call = openHalf(h, 0)
    await h.payments.nextRelease()
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })
})
