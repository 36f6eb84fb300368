import { isInTime } from '../../shared/in-time.js'
import { packageVersion } from '../../shared/package.js'
import { type Log, type Traces, warnSeldom } from '../observability/index.js'

export interface TracesConfig {
  /** Where an OpenTelemetry collector takes OTLP over HTTP; the path is `/v1/traces` where it has none. */
  readonly endpoint: URL
  /** The share of traces that are recorded, of those that begin here. */
  readonly sampleRatio: number
  readonly timeoutMs: number
}

export interface OpenTraces extends Traces, AsyncDisposable {}

/** Spans that wait for the collector; while it is away, those beyond are dropped. */
const MAX_QUEUED = 2_048
const MAX_AT_ONCE = 512
/** For so long a stop waits for the collector. */
const CLOSE_MS = 2_000

/** Sends traces to a collector in the background: one that is away costs no call and no memory beyond a bound. */
export async function openTraces(config: TracesConfig, { log }: { log: Log }): Promise<OpenTraces> {
  // Most daemons trace nothing, and shall not wait for it to load.
  const [sdk, { OTLPTraceExporter }, resources, { otelTraces }] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('./otel-traces.js'),
  ])
  const exporter = new OTLPTraceExporter({ url: urlOf(config.endpoint), timeoutMillis: config.timeoutMs })
  const warn = warnSeldom(log)
  const send = exporter.export.bind(exporter)
  exporter.export = (spans, done) =>
    send(spans, (result) => {
      if (result.error) warn('traces could not be sent', { spans: spans.length, collector: config.endpoint.host })
      done(result)
    })
  const own = { 'service.name': 'snetd', 'service.version': packageVersion() }
  const named = resources.detectResources({ detectors: [resources.envDetector] })
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes(own).merge(named),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(config.sampleRatio) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(exporter, {
        maxQueueSize: MAX_QUEUED,
        maxExportBatchSize: MAX_AT_ONCE,
        exportTimeoutMillis: config.timeoutMs,
      }),
    ],
  })
  const traces = otelTraces(provider.getTracer('snetd', packageVersion()))
  return {
    begin: (name, parent) => traces.begin(name, parent),
    async [Symbol.asyncDispose]() {
      await isInTime(
        CLOSE_MS,
        provider.shutdown().catch(() => undefined),
      )
    },
  }
}

function urlOf(endpoint: URL): string {
  const url = new URL(endpoint)
  if (url.pathname === '/') url.pathname = '/v1/traces'
  return url.href
}
