import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import type { Span, Traces } from '../observability/index.js'

/** Traces as OpenTelemetry has them. What is within what is told by hand: following it over each wait costs every call. */
export const otelTraces = (tracer: Tracer): Traces => ({
  begin(name, parent) {
    const context = contextOf(parent)
    return spanOf(tracer, context, tracer.startSpan(name, { kind: SpanKind.SERVER }, context))
  },
})

function spanOf(tracer: Tracer, around: Context, span: OtelSpan): Span {
  const context = trace.setSpan(around, span)
  const { traceId, spanId, traceFlags } = span.spanContext()
  return {
    child: (name) => spanOf(tracer, context, tracer.startSpan(name, { kind: SpanKind.INTERNAL }, context)),
    set: (name, value) => void span.setAttribute(name, value),
    end(failed) {
      if (failed !== undefined) {
        span.setAttribute('error.type', failed)
        span.setStatus({ code: SpanStatusCode.ERROR })
      }
      span.end()
    },
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
  }
}

const TRACEPARENT = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-.*)?$/

/** A new trace begins where there is none that can be gone on with. */
function contextOf(parent: string | undefined): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(parent ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
  return isSpanContextValid(context) ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT
}
