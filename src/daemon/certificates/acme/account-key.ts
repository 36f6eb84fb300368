import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'

/** What an account signs its requests with (RFC 7515): a key on P-256, or of RSA as older programs made some. */
export class AccountKey {
  readonly #key: KeyObject
  readonly #isCurve: boolean
  readonly jwk: Readonly<Record<string, string>>

  /** Throws for keys of another kind. */
  constructor(key: KeyObject) {
    const { kty = '', crv = '', x = '', y = '', n = '', e = '' } = createPublicKey(key).export({ format: 'jwk' })
    if (!(kty === 'EC' && crv === 'P-256') && kty !== 'RSA')
      throw new Error(`a key of the kind ${crv || kty} signs nothing here`)
    this.#key = key
    this.#isCurve = kty === 'EC'
    // In the order in which the thumbprint wants them (RFC 7638 3.2).
    this.jwk = kty === 'EC' ? { crv, kty, x, y } : { e, kty, n }
  }

  get algorithm(): string {
    return this.#isCurve ? 'ES256' : 'RS256'
  }

  sign(bytes: string): Buffer {
    return sign('sha256', Buffer.from(bytes), this.#isCurve ? { key: this.#key, dsaEncoding: 'ieee-p1363' } : this.#key)
  }

  /** What a challenge wants to see for its token (RFC 8555 8.1). */
  proofOf(token: string): string {
    return `${token}.${createHash('sha256').update(JSON.stringify(this.jwk)).digest('base64url')}`
  }
}
