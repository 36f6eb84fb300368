import { SnetError } from '../../../shared/errors.js'
import { HEADER } from '../../../shared/wire/index.js'
import type { Call } from '../call.js'
import { sizeOf } from '../header-list.js'
import { addHeaderFields, MAX_BLOCK_BYTES } from '../http2-headers/header-fields.js'
import { formatTimeout } from '../metadata.js'

export interface OutgoingConfig {
  readonly authority: string
  readonly scheme: 'http' | 'https'
  /** Of the service, whatever the client named (snet-behaviour 6.2). */
  readonly contentType: string
  readonly userAgent: string
}

/** Whoever holds one of these can spend or claim with it; the service has no use for them. */
const PAYMENT_SECRETS: readonly string[] = [HEADER.channelSignature, HEADER.prepaidToken, HEADER.freeCallToken]
/** The bytes pass as they are, so what describes their compression passes too; all else of `grpc-` is set anew. */
const COMPRESSION = ['grpc-encoding', 'grpc-accept-encoding']

/** Where a call is traced, what its client says of a trace is of another one. */
const OF_A_TRACE: readonly string[] = ['traceparent', 'tracestate', 'grpc-trace-bin']

const isForwarded = (name: string): boolean => {
  if (name.startsWith('grpc-'))
    return COMPRESSION.includes(name) || name === 'grpc-trace-bin' || name === 'grpc-tags-bin'
  return (
    name !== 'content-type' &&
    name !== 'user-agent' &&
    // Set by this daemon only: a client must not be able to say who paid.
    name !== HEADER.userAddress &&
    !PAYMENT_SECRETS.includes(name)
  )
}

/** The header list of a call as the service gets it (snet-wire 2.2). Error: `rate-limited` when it is too large. */
export function outgoingHeaders(call: Call, { scheme, authority, contentType, userAgent }: OutgoingConfig): string[] {
  const left = call.deadline - performance.now()
  const fields = [
    ':method',
    'POST',
    ':scheme',
    scheme,
    ':authority',
    authority,
    ':path',
    call.method,
    'te',
    'trailers',
    'content-type',
    contentType,
    'user-agent',
    userAgent,
    'grpc-timeout',
    formatTimeout(left),
  ]
  if (!Number.isFinite(left)) fields.splice(-2)
  const forwarded = forwardedFields(call)
  if (sizeOf(forwarded) + sizeOf(fields) > MAX_BLOCK_BYTES) throw tooLarge()
  return addHeaderFields(fields, forwarded)
}

function forwardedFields({ metadata, span, payer }: Call): string[] {
  const forwarded: string[] = []
  const { fields } = metadata
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] as string
    if (isForwarded(name) && !(span && OF_A_TRACE.includes(name))) forwarded.push(name, fields[at + 1] as string)
  }
  if (span) forwarded.push('traceparent', span.traceparent)
  if (payer) forwarded.push(HEADER.userAddress, payer)
  return forwarded
}

const tooLarge = (): SnetError =>
  new SnetError('rate-limited', `the header list of the call is larger than the ${MAX_BLOCK_BYTES} bytes that go on`, {
    hint: 'Send less metadata.',
  })
