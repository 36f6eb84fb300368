import { placeOf } from '../../../shared/address-set.js'
import { BoundedMap } from '../../../shared/bounded-map.js'
import { TokenBucket } from '../../../shared/token-bucket.js'
import type { RateLimit } from '../rate-limit.js'
import { type HttpFault, tooMany } from './http-fault.js'

export interface Rates {
  readonly rate: RateLimit | undefined
  /** Of each client by itself. */
  readonly clientRate: RateLimit | undefined
}

/** Clients that are remembered; whoever was forgotten begins anew. */
const MAX_CLIENTS = 10_000

/** Lets in so many requests a minute. */
export class Admission {
  readonly #all: TokenBucket | undefined
  readonly #ofClients: RateLimit | undefined
  readonly #known = new BoundedMap<string, TokenBucket>(MAX_CLIENTS)

  constructor({ rate, clientRate }: Rates) {
    this.#all = rate && bucketOf(rate)
    this.#ofClients = clientRate
  }

  /** Why this client has to wait; undefined where he is let in, which counts. */
  refusal(client: string | undefined): HttpFault | undefined {
    const own = this.#ofClient(client)
    if (own?.has() === false || this.#all?.take() === false) return tooMany()
    own?.take()
    return undefined
  }

  #ofClient(client: string | undefined): TokenBucket | undefined {
    if (!this.#ofClients || client === undefined) return undefined
    const place = placeOf(client)
    const bucket = this.#known.get(place) ?? bucketOf(this.#ofClients)
    this.#known.set(place, bucket)
    return bucket
  }
}

const bucketOf = ({ perMinute, burst }: RateLimit): TokenBucket => new TokenBucket({ burst, perSecond: perMinute / 60 })
