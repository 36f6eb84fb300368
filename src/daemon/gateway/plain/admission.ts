import type { Live } from '../../../shared/live.js'
import type { RateLimit, Tokens } from '../../../shared/tokens.js'
import { type LimitKind, tokensOfAll, tokensOfClients } from '../rates/index.js'
import { type HttpFault, tooMany } from './http-fault.js'

export interface LimitedBy {
  readonly rate: Live<RateLimit | undefined>
  /** Of each client by itself. */
  readonly clientRate: Live<RateLimit | undefined>
  /** Told of each request that came too soon. */
  readonly onLimited?: ((kind: LimitKind) => void) | undefined
}

/** Lets in so many requests a minute. */
export class Admission {
  readonly #all: ReturnType<typeof tokensOfAll>
  readonly #ofClient: ReturnType<typeof tokensOfClients>
  readonly #onLimited: LimitedBy['onLimited']

  constructor({ rate, clientRate, onLimited }: LimitedBy) {
    this.#all = tokensOfAll(rate)
    this.#ofClient = tokensOfClients(clientRate)
    this.#onLimited = onLimited
  }

  /** Why this client has to wait; undefined where he is let in, which counts. */
  refusal(client: string | undefined): HttpFault | undefined {
    const [all, own] = [this.#all(), this.#ofClient(client)]
    if (own?.has() === false) return this.#refuse('client', own)
    if (all?.take() === false) return this.#refuse('all', all)
    own?.take()
    return undefined
  }

  #refuse(kind: LimitKind, tokens: Tokens): HttpFault {
    this.#onLimited?.(kind)
    return tooMany(tokens.waitMs())
  }
}
