import { TokenBucket } from '../../../shared/token-bucket.js'
import type { OpenTokens } from '../../../shared/tokens.js'

/** Of this process alone. */
export const localTokens: OpenTokens = (_name, { perMinute, burst }) => {
  const bucket = new TokenBucket({ burst, perSecond: perMinute / 60 })
  return {
    has: () => bucket.has(),
    take: () => bucket.take(),
    waitMs: () => bucket.waitMs(),
    isSpare: () => bucket.isFull(),
  }
}
