export interface RateLimit {
  readonly perMinute: number
  /** Calls let in at once. */
  readonly burst: number
}

/** Where calls take a token each. */
export interface Tokens {
  has(): boolean
  /** False when there is none. */
  take(): boolean
  /** Milliseconds until there may be one. */
  waitMs(): number
  /** Whether nothing is lost when it is forgotten, and made anew for its next call. */
  isSpare(): boolean
  /** Gets some from where they are shared; absent where they are nobody else's. Error: as reading the store. */
  fetch?(): Promise<void>
}

/** @param name such as `all` or `payer/0x…`: the same tokens for the same name, wherever they are kept */
export type OpenTokens = (name: string, limit: RateLimit) => Tokens
