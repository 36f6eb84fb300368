import { SnetError } from '../../../shared/errors.js'

export const LIMIT_KINDS = ['all', 'service', 'method', 'client', 'payer'] as const
/** Which limit a call met. */
export type LimitKind = (typeof LIMIT_KINDS)[number]

const OF: Readonly<Record<LimitKind, string>> = {
  all: 'all calls',
  service: 'calls of this service',
  method: 'calls of this method',
  client: 'calls of one client',
  payer: 'calls of one payer',
}

/** A call that came too soon. The text is what clients of the reference know (snet-wire 4.1). */
export class RateLimited extends SnetError {
  constructor(
    readonly limit: LimitKind,
    readonly retryAfterMs: number,
  ) {
    super('rate-limited', 'rate limiting , too many requests to handle', {
      details: { limit },
      hint: `The limit is on ${OF[limit]}. Try again in ${retryAfterMs < 1000 ? `${retryAfterMs} ms` : `${Math.ceil(retryAfterMs / 1000)} s`}.`,
    })
  }
}
