import {
  balancePath,
  channelBody,
  HEADER,
  meteringPost,
  type ReportedCall,
  type ReportedChannel,
  type ReportingDaemon,
  type ReportRequest,
  USAGE_PATH,
  usageBody,
} from '../../shared/wire/index.js'
import { cutShort } from '../../shared/short-text.js'
import { makeXid } from './xid.js'

export interface MeteringConfig {
  readonly endpoint: URL
  readonly id: string
  readonly daemon: ReportingDaemon
  /** Where the daemon asks the chain, as others may know it. */
  readonly rpc: string
  readonly version: string
}

export interface MeteringDeps {
  /** Keeps what is to be told, and tells it. It costs a call nothing that lasts. */
  readonly add: (text: string, how?: { readonly isMinor: boolean }) => void
  /** The headers of a report, signed now. */
  readonly headersFor: (userName: string) => Readonly<Record<string, string>>
}

/** A call that was proxied, or refused to be. */
export interface EndedCall {
  readonly method: string
  readonly metadata: { first(name: string): string | undefined }
  /** Milliseconds since 1970. */
  readonly start: number
  readonly ms: number
  readonly code: number
  /** What its client was told in place of an answer. */
  readonly error: string
  /** Somebody pays for it, or would have. */
  readonly hasPayer: boolean
}

/** What a payment has made of a channel. */
export interface PaidChannel {
  readonly id: bigint
  readonly nonce: bigint
  readonly authorized: bigint
  readonly value: bigint
  readonly sender: string
}

/** What is kept until it is told: the facts, since a report is signed when it is told. */
type Report =
  | { readonly of: 'call'; readonly facts: ReportedCall }
  | { readonly of: 'channel'; readonly facts: ReportedChannel; readonly sender: string }

/** Names that a client makes up are cut, and are such that they fit into a header. */
const MAX_NAME = 256
const MAX_TEXT = 1_000

/** Reports calls and payments to whoever accounts for them, as the reference does (snet-wire 8.2). */
export class Metering {
  readonly #config: MeteringConfig
  readonly #deps: MeteringDeps

  constructor(config: MeteringConfig, deps: MeteringDeps) {
    this.#config = config
    this.#deps = deps
  }

  /** Reports of calls that strangers made, and that failed, must not push out those of money. */
  callEnded(call: EndedCall): void {
    const said = (name: string): string => headerText(call.metadata.first(name))
    const end = call.start + Math.round(call.ms)
    const facts: ReportedCall = {
      requestId: makeXid(end),
      method: cutShort(call.method, MAX_NAME),
      ...{ start: call.start, end, seconds: call.ms / 1000, code: call.code },
      error: cutShort(call.error, MAX_TEXT),
      userAgent: said('user-agent'),
      channel: said(HEADER.channelId),
      user: said(HEADER.freeCallUser),
      paymentType: said(HEADER.paymentType),
      clientType: said(HEADER.clientType),
      userDetails: said(HEADER.userInfo),
    }
    this.#add({ of: 'call', facts }, call.code !== 0 && !call.hasPayer)
  }

  channelPaid({ id, nonce, authorized, value, sender }: PaidChannel): void {
    const facts = {
      channel: String(id),
      nonce: String(nonce),
      authorized: String(authorized),
      value: String(value),
    }
    this.#add({ of: 'channel', facts, sender })
  }

  /** What was kept as the request that tells it now. Throws for what is none. */
  address(text: string): ReportRequest {
    const report = JSON.parse(text) as Report
    const { endpoint, id, daemon, rpc, version } = this.#config
    if (report.of === 'channel') {
      const path = balancePath(report.facts.channel)
      const body = channelBody(report.facts, daemon)
      return meteringPost({ endpoint, id, path }, this.#deps.headersFor(report.sender), body)
    }
    const body = usageBody(report.facts, daemon, { rpc, version })
    return meteringPost({ endpoint, id, path: USAGE_PATH }, this.#deps.headersFor(report.facts.user), body)
  }

  #add(report: Report, isMinor = false): void {
    this.#deps.add(JSON.stringify(report), { isMinor })
  }
}

const headerText = (text = ''): string =>
  text
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, MAX_NAME)
    .trim()
