import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import { makeCertificates } from '../../../support/certificates.js'
import { startCutProxy } from '../../../support/cut-proxy.js'
import { fixedTls } from '../../../support/fixed-tls.js'
import { FrameStreamReader } from '../../../support/frame-stream-reader.js'
import { FLAG, FRAME, PREFACE } from '../../../support/frames.js'
import { runPython } from '../../../support/python/run.js'
import { type Harness, openHarness, paid } from './harness.js'

const MIB = 1 << 20

interface Told {
  readonly code: number
  readonly details: string
  readonly trailers: Readonly<Record<string, string>>
}

/** What came of the calls, by the functions of the program. */
interface Outcomes {
  readonly simple: Told & { readonly answer: string; readonly headers: Readonly<Record<string, string>> }
  readonly streams: { readonly collect: string; readonly count: unknown; readonly chat: unknown }
  readonly turns: readonly string[]
  readonly metadata: Told
  readonly deadline: Told & { readonly seconds: number }
  readonly cancel: { readonly first: string; readonly codes: readonly number[] }
  readonly failure: Told
  readonly large: { readonly unary: boolean; readonly chat: readonly boolean[]; readonly count: readonly number[] }
  readonly many: readonly string[]
  readonly pings: Told
}

const payment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(paid().getMap()).map(([name, value]) => [name, Buffer.from(value as string).toString('hex')]),
  )

/** Counts the PINGs of clients that are no answers. */
function countPings(): { readonly onBytes: (chunk: Buffer) => void; readonly most: () => number } {
  let reader = new FrameStreamReader()
  let pings = 0
  let most = 0
  return {
    onBytes(chunk) {
      let bytes = chunk
      if (chunk.indexOf(PREFACE) === 0) {
        ;[reader, pings, bytes] = [new FrameStreamReader(), 0, chunk.subarray(PREFACE.length)]
      }
      for (const { type, flags } of reader.push(bytes)) if (type === FRAME.ping && !(flags & FLAG.ack)) pings++
      most = Math.max(most, pings)
    },
    most: () => most,
  }
}

describe.each(['cleartext', 'TLS'])('grpc of Python over %s', (kind) => {
  const life = new Lifecycle()
  const pings = countPings()
  let h: Harness
  let outcomes: Outcomes

  beforeAll(async () => {
    const certificates = kind === 'TLS' ? await life.own('certificates', makeCertificates()) : undefined
    const pair = certificates?.make('gate')
    h = await life.own('harness', openHarness(pair && { config: { tls: fixedTls(pair) } }))
    const proxy = await life.own('proxy', startCutProxy(`127.0.0.1:${h.gateway.address.port}`, pings.onBytes))
    const wish = { endpoint: proxy.endpoint, ca: pair?.certFile ?? null, metadata: payment() }
    outcomes = JSON.parse(await runPython('grpc', 'calls.py', wish)) as Outcomes
  })
  afterAll(() => life[Symbol.asyncDispose]())

  test('calls, and gets headers, an answer and trailers', () => {
    const { answer, code, headers, trailers } = outcomes.simple
    expect([answer, code, headers['x-header'], trailers]).toEqual(['hello', 0, 'start', { 'x-trailer': 'end' }])
  })

  test('streams in either direction, in both, and in turns', () => {
    expect(outcomes.streams).toEqual({ collect: 'abc', count: [[2, 2, 2], 0], chat: [['one', 'two'], 0] })
    expect(outcomes.turns).toEqual(['0', '1', '2'])
  })

  test('has metadata of any kind passed on, and bytes as they are', () => {
    expect(outcomes.metadata.code).toBe(0)
    const [seen] = h.service.seen.filter((metadata) => metadata.get('x-text').length > 0)
    expect([seen?.get('x-text'), seen?.get('x-twice')]).toEqual([['a b'], ['1, 2']])
    expect(seen?.get('x-bytes-bin')).toEqual([Buffer.from(Array.from({ length: 256 }, (_none, i) => i))])
  })

  test('is told when its time is over', () => {
    expect(outcomes.deadline.code).toBe(4)
    expect(outcomes.deadline.seconds).toBeLessThan(10)
  })

  test('gives calls up, and the service is told', () => {
    expect(outcomes.cancel).toEqual({ first: 'first', codes: [1, 1] })
    expect(h.service.cancelled).toBeGreaterThan(0)
  })

  test('is told of an error with its text and its details', () => {
    expect(outcomes.failure).toMatchObject({
      ...{ code: 15, details: 'lost: 100 % ✓' },
      trailers: { 'grpc-status-details-bin': Buffer.from('details').toString('hex'), 'x-trailer': 'end' },
    })
  })

  test('sends and gets messages of 1 MiB', () => {
    expect(outcomes.large).toEqual({ unary: true, chat: [true, true], count: [MIB, MIB, MIB] })
  })

  test('makes 200 calls at once', () => {
    expect(outcomes.many).toEqual(Array.from({ length: 200 }, (_none, i) => String(i)))
  })

  test('asks for signs of life while it waits, and gets them', () => {
    // One that was not answered would have ended the call before its time was over.
    expect(outcomes.pings.code).toBe(4)
    if (kind === 'cleartext') expect(pings.most()).toBeGreaterThan(2)
  })
})
