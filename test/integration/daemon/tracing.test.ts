import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { openTraces } from '../../../src/daemon/tracing/index.js'
import { SnetError } from '../../../src/shared/errors.js'
import { packageRoot } from '../../../src/shared/package.js'
import { PAYER } from '../../support/fake-payments.js'
import { quietLog } from '../../support/quiet-log.js'
import { type SentSpan, startTraceCollector } from '../../support/trace-collector.js'
import { type Harness, openHarness, paid } from './gateway/harness.js'

const UNARY = '/echo.Echo/Unary'
const CALLERS = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }
const TRACEPARENT = `00-${CALLERS.traceId}-${CALLERS.spanId}-01`
const CANARY = Buffer.from('canary-signature-that-is-nobodys-business')

interface Options {
  readonly trustsClients?: boolean
  readonly sampleRatio?: number
}

/** What a collector is told of some calls. */
async function traced(calls: (h: Harness) => Promise<void>, { trustsClients = false, sampleRatio = 1 }: Options = {}) {
  await using collector = await startTraceCollector()
  const config = { endpoint: collector.url, sampleRatio, timeoutMs: 10_000 }
  {
    await using traces = await openTraces(config, { log: quietLog() })
    await using h = await openHarness({ tracing: { traces, trustsClients } })
    await calls(h)
  }
  return collector
}

const call = (h: Harness, more: Record<string, string | Buffer> = {}) =>
  h.client.call(UNARY, [Buffer.from('x')], { metadata: paid(more) })

const named = (spans: readonly SentSpan[], name: string): SentSpan =>
  spans.find((span) => span.name === name) ?? expect.fail(`no span ${name}`)

const seenBy = (h: Harness): string => String(h.service.seen.at(-1)?.get('traceparent')[0])

test('a paid call is a trace of its phases, and the service is asked within it', async () => {
  let seen = ''
  const { spans, resource } = await traced(async (h) => {
    expect((await call(h)).code).toBe(status.OK)
    seen = seenBy(h)
  })
  const whole = named(spans, UNARY)
  expect(spans.map(({ name }) => name)).toEqual(['validate', 'hold', 'forward', 'commit', UNARY])
  for (const span of spans) {
    expect(span.traceId).toBe(whole.traceId)
    expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true)
    if (span !== whole) expect(span.parentSpanId).toBe(whole.spanId)
  }
  expect(whole.parentSpanId ?? '').toBe('')
  expect(whole.attributes).toEqual({ 'rpc.system': 'grpc', 'snetd.payer': PAYER })
  expect(seen).toBe(`00-${whole.traceId}-${named(spans, 'forward').spanId}-01`)
  expect(resource).toMatchObject({ 'service.name': 'snetd' })
})

test('the trace of a client is gone on with only where clients are trusted, and never told to the service else', async () => {
  const headers = { traceparent: TRACEPARENT, tracestate: 'vendor=1' }
  let seen = ''
  const calls = async (h: Harness): Promise<void> => {
    await call(h, headers)
    seen = seenBy(h)
    expect(h.service.seen.at(-1)?.get('tracestate')).toEqual([])
  }
  const apart = await traced(calls)
  expect(named(apart.spans, UNARY).traceId).not.toBe(CALLERS.traceId)
  expect(seen).not.toContain(CALLERS.traceId)
  const together = await traced(calls, { trustsClients: true })
  expect(named(together.spans, UNARY)).toMatchObject({ traceId: CALLERS.traceId, parentSpanId: CALLERS.spanId })
  expect(seen).toContain(CALLERS.traceId)
})

test.each(['', 'x', `00-${'0'.repeat(32)}-${CALLERS.spanId}-01`, `ff-${CALLERS.traceId}-${CALLERS.spanId}-01`])(
  'what is no context, %j, begins a trace of its own',
  async (traceparent) => {
    const { spans } = await traced(
      async (h) => {
        await call(h, { traceparent })
      },
      { trustsClients: true },
    )
    expect(named(spans, UNARY).parentSpanId ?? '').toBe('')
  },
)

test('a call that is refused says at which phase, and by which kind of error', async () => {
  const { spans } = await traced(async (h) => {
    h.payments.refuse = new SnetError('payment-rejected', 'a text with canary in it')
    expect((await call(h)).code).toBe(status.UNAUTHENTICATED)
  })
  expect(spans.map(({ name, failed, attributes }) => [name, failed, attributes['error.type']])).toEqual([
    ['validate', true, 'payment-rejected'],
    [UNARY, true, 'payment-rejected'],
  ])
})

test('nothing that pays is told to the collector, nor what was said', async () => {
  const secrets = {
    'snet-payment-channel-signature-bin': CANARY,
    'snet-prepaid-auth-token-bin': CANARY,
    authorization: 'canary',
  }
  const { bodies } = await traced(async (h) => {
    await call(h, secrets)
    h.payments.refuse = new SnetError('payment-rejected', 'canary')
    await call(h, secrets)
  })
  expect(bodies.join()).toContain(UNARY)
  for (const form of ['canary', CANARY.toString('base64'), CANARY.toString('hex')])
    expect(bodies.join()).not.toContain(form)
})

test('of the calls that are not sampled nothing is sent, and the service is told so', async () => {
  let seen = ''
  const { spans } = await traced(
    async (h) => {
      for (let i = 0; i < 5; i++) await call(h)
      seen = seenBy(h)
    },
    { sampleRatio: 0 },
  )
  expect(spans).toEqual([])
  expect(seen).toMatch(/-00$/)
})

test('a collector that is away costs no call, and a stop does not wait long for it', async () => {
  const endpoint = new URL('http://127.0.0.1:1')
  const traces = await openTraces({ endpoint, sampleRatio: 1, timeoutMs: 10_000 }, { log: quietLog() })
  await using h = await openHarness({ tracing: { traces, trustsClients: false } })
  for (let i = 0; i < 50; i++) expect((await call(h)).code).toBe(status.OK)
  for (let i = 0; i < 5_000; i++) traces.begin('a span', undefined).end()
  const start = performance.now()
  await traces[Symbol.asyncDispose]()
  expect(performance.now() - start).toBeLessThan(8_000)
})

test('nothing of it is loaded where nothing is traced', async () => {
  const program = `
    import { createRequire } from 'node:module'
    const { cache } = createRequire(import.meta.url)
    const loaded = () => Object.keys(cache).filter((file) => file.includes('@opentelemetry')).length
    await import('./src/daemon/index.ts')
    const before = loaded()
    const { openTraces } = await import('./src/daemon/tracing/index.ts')
    await openTraces({ endpoint: new URL('http://127.0.0.1:1'), sampleRatio: 1, timeoutMs: 1 }, { log: {} })
    console.log(before, loaded() > 0)`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', program],
    { cwd: packageRoot },
  )
  expect(stdout.trim()).toBe('0 true')
})
