import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** A span as a collector gets it. */
export interface SentSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly failed: boolean
}

/** Takes OTLP in JSON over HTTP, as OpenTelemetry's own collector does. */
export interface TraceCollector extends AsyncDisposable {
  readonly url: URL
  readonly spans: SentSpan[]
  /** Attributes of the process that sends. */
  readonly resource: Record<string, unknown>
  /** All that came, as text. */
  readonly bodies: string[]
}

interface Attribute {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}
interface Body {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<SentSpan, 'attributes' | 'failed'> & {
        readonly attributes: readonly Attribute[]
        readonly status: { readonly code?: number }
      })[]
    }[]
  }[]
}

const ERROR = 2

export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: SentSpan[] = []
  const bodies: string[] = []
  const resource: Record<string, unknown> = {}
  const server = createServer((asked, answer) => {
    void json(asked).then((read) => {
      const body = read as Body
      if (asked.url !== '/v1/traces') return answer.writeHead(404).end()
      bodies.push(JSON.stringify(body))
      for (const { resource: of, scopeSpans } of body.resourceSpans) {
        Object.assign(resource, valuesOf(of.attributes))
        for (const { attributes, status, ...span } of scopeSpans.flatMap((scope) => scope.spans))
          spans.push({ ...span, attributes: valuesOf(attributes), failed: status.code === ERROR })
      }
      return answer.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    ...{ spans, bodies, resource },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

const valuesOf = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
