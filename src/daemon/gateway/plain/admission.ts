import type { Live } from '../../../shared/live.js'
import type { TokenBucket } from '../../../shared/token-bucket.js'
import { clientBuckets } from '../client-rate.js'
import { bucketOfAll, type RateLimit } from '../rate-limit.js'
import { type HttpFault, tooMany } from './http-fault.js'

export interface Rates {
  readonly rate: Live<RateLimit | undefined>
  /** Of each client by itself. */
  readonly clientRate: Live<RateLimit | undefined>
}

/** Lets in so many requests a minute. */
export class Admission {
  readonly #all: () => TokenBucket | undefined
  readonly #ofClient: (client: string | undefined) => TokenBucket | undefined

  constructor({ rate, clientRate }: Rates) {
    this.#all = bucketOfAll(rate)
    this.#ofClient = clientBuckets(clientRate)
  }

  /** Why this client has to wait; undefined where he is let in, which counts. */
  refusal(client: string | undefined): HttpFault | undefined {
    const own = this.#ofClient(client)
    if (own?.has() === false || this.#all()?.take() === false) return tooMany()
    own?.take()
    return undefined
  }
}
