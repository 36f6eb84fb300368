import { SnetError } from '../../../shared/errors.js'
import { HEADER } from '../../../shared/wire/index.js'
import type { Call } from '../call.js'
import { perList, sizeOf } from '../header-list.js'
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

interface Made {
  readonly method: string
  readonly timeout: string | undefined
  readonly forwarded: readonly string[]
  readonly fields: readonly string[]
}

/** So many lists a connection remembers the blocks of. */
const REMEMBERED = 8

/** The header lists of calls as the service gets them (snet-wire 2.2); for calls that are alike it is the same list. */
export class OutgoingHeaders {
  readonly #config: OutgoingConfig
  readonly #made: Made[] = []
  #next = 0

  constructor(config: OutgoingConfig) {
    this.#config = config
  }

  /** Error: `rate-limited` when it is too large. */
  of(call: Call): readonly string[] {
    const { method, deadline } = call
    const left = deadline - performance.now()
    const timeout = Number.isFinite(left) ? formatTimeout(left) : undefined
    const forwarded = forwardedBy(call)
    for (const made of this.#made)
      if (made.method === method && made.timeout === timeout && areSame(made.forwarded, forwarded)) return made.fields
    const fields = this.#make(method, timeout, forwarded)
    this.#made[this.#next] = { method, timeout, forwarded, fields }
    this.#next = (this.#next + 1) % REMEMBERED
    return fields
  }

  #make(method: string, timeout: string | undefined, forwarded: readonly string[]): string[] {
    const { scheme, authority, contentType, userAgent } = this.#config
    const fields = [':method', 'POST', ':scheme', scheme, ':authority', authority, ':path', method]
    fields.push('te', 'trailers', 'content-type', contentType, 'user-agent', userAgent)
    if (timeout !== undefined) fields.push('grpc-timeout', timeout)
    if (sizeOf(forwarded) + sizeOf(fields) > MAX_BLOCK_BYTES) throw tooLarge()
    return addHeaderFields(fields, forwarded)
  }
}

/** What goes on of the metadata, and what the service is told beside it. */
function forwardedBy({ metadata, span, payer }: Call): readonly string[] {
  const forwarded = forwardedOf(metadata.fields)
  if (!span && !payer) return forwarded
  const all: string[] = []
  for (let at = 0; at < forwarded.length; at += 2) {
    const name = forwarded[at] as string
    if (!(span && OF_A_TRACE.includes(name))) all.push(name, forwarded[at + 1] as string)
  }
  if (span) all.push('traceparent', span.traceparent)
  if (payer) all.push(HEADER.userAddress, payer)
  return all
}

const forwardedOf = perList((fields) => {
  const forwarded: string[] = []
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] as string
    if (isForwarded(name)) forwarded.push(name, fields[at + 1] as string)
  }
  return forwarded
})

function areSame(some: readonly string[], others: readonly string[]): boolean {
  if (some === others) return true
  if (some.length !== others.length) return false
  for (let at = 0; at < some.length; at++) if (some[at] !== others[at]) return false
  return true
}

const tooLarge = (): SnetError =>
  new SnetError('rate-limited', `the header list of the call is larger than the ${MAX_BLOCK_BYTES} bytes that go on`, {
    hint: 'Send less metadata.',
  })
