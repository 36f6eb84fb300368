import { SnetError } from '../../../shared/errors.js'
import { HEADER } from '../../../shared/wire/index.js'
import type { Call } from '../call.js'
import { HeaderList, sizeOf } from '../header-list.js'
import { MAX_BLOCK_BYTES, toHeaderFields } from '../http2-headers/header-fields.js'
import { formatTimeout } from '../metadata.js'

export interface OutgoingConfig {
  readonly authority: string
  readonly scheme: 'http' | 'https'
  /** Message encoding of the service, whatever the client named (snet-behaviour 6.2). */
  readonly encoding: 'proto' | 'json'
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
export function outgoingHeaders(call: Call, config: OutgoingConfig): string[] {
  const forwarded: string[] = []
  const { fields } = call.metadata
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] as string
    if (isForwarded(name) && !(call.span && OF_A_TRACE.includes(name))) forwarded.push(name, fields[at + 1] as string)
  }
  if (call.span) forwarded.push('traceparent', call.span.traceparent)
  if (call.payer) forwarded.push(HEADER.userAddress, call.payer)
  const left = call.deadline - performance.now()
  const own = [
    ...[':method', 'POST', ':scheme', config.scheme, ':authority', config.authority, ':path', call.method],
    ...['te', 'trailers', 'content-type', `application/grpc+${config.encoding}`, 'user-agent', config.userAgent],
  ]
  if (Number.isFinite(left)) own.push('grpc-timeout', formatTimeout(left))
  if (sizeOf(forwarded) + sizeOf(own) > MAX_BLOCK_BYTES) throw tooLarge()
  return toHeaderFields(new HeaderList(forwarded), own)
}

const tooLarge = (): SnetError =>
  new SnetError('rate-limited', `the header list of the call is larger than the ${MAX_BLOCK_BYTES} bytes that go on`, {
    hint: 'Send less metadata.',
  })
