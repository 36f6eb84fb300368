/** Names of things in Berty as text, so that they can be keys of a Map. */

/** An Ed25519 public key (account, member, device or group): 32 bytes in lower-case hex. */
export type PublicKey = string & { readonly __brand: 'PublicKey' }
/** A CID's bytes in lower-case hex: what Berty shows as text (base58 or base32) is compared as bytes. */
export type Cid = string & { readonly __brand: 'Cid' }

export const publicKey = (bytes: Uint8Array): PublicKey => Buffer.from(bytes).toString('hex') as PublicKey
export const cid = (bytes: Uint8Array): Cid => Buffer.from(bytes).toString('hex') as Cid
export const bytesOf = (hex: PublicKey | Cid): Buffer => Buffer.from(hex, 'hex')
