import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { base58btc } from 'multiformats/bases/base58'
import { base32 } from 'multiformats/bases/base32'
import { BERTY, type BertyGroup } from '../../shared/wire/index.js'
import type { Random } from './random.js'

/** The bytes in front of the seed in an Ed25519 private key (PKCS #8). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
/** The bytes in front of the 32 bytes of an Ed25519 public key (SPKI). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export interface KeyPair {
  readonly publicKey: Buffer
  sign(message: Uint8Array): Buffer
}

export function keyPairOf(seed: Uint8Array): KeyPair {
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  return { publicKey: rawPublicKey(secret), sign: (message) => sign(null, message, secret) }
}

const rawPublicKey = (secret: KeyObject): Buffer =>
  createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(SPKI.length)

/** Makes a new multi-member group. Its secret is itself the seed of a key, which signs nothing here. */
export function createGroup(random: Random): BertyGroup {
  const pair = keyPairOf(random.bytes(32))
  const secret = random.bytes(32)
  return {
    public_key: pair.publicKey,
    secret,
    secret_sig: pair.sign(secret),
    group_type: BERTY.groupType.multiMember,
    link_key_sig: pair.sign(keyPairOf(secret).publicKey),
  }
}

/** Whether the group's own key has signed its secret. Berty checks only this, not the type of the group. */
export function isGenuine({ public_key, secret, secret_sig }: BertyGroup): boolean {
  if (public_key?.length !== 32 || secret?.length !== 32 || secret_sig?.length !== 64) return false
  const key = createPublicKey({ key: Buffer.concat([SPKI, public_key]), format: 'der', type: 'spki' })
  return verify(null, secret, key, secret_sig)
}

/** The bytes in front of the digest: CIDv1, dag-cbor, sha2-256. */
const CID_PREFIX = Buffer.from('01711220', 'hex')

export const cidOf = (content: Uint8Array): Buffer =>
  Buffer.concat([CID_PREFIX, createHash('sha256').update(content).digest()])

/** The text form in the answers of Interact and in acknowledgements. */
export const cidText = (cid: Uint8Array): string => base32.encode(cid)

export const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')

/** The messenger's form of keys: base64url without padding. */
export const keyText = (key: Uint8Array): string => Buffer.from(key).toString('base64url')

/** The 32 bytes of a key in the messenger's form; undefined if the text is no key. */
export function parseKeyText(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === 32 && bytes.toString('base64url') === text ? bytes : undefined
}

/** The libp2p peer id of an Ed25519 key. */
export const peerIdOf = (publicKey: Uint8Array): string =>
  base58btc.encode(Buffer.concat([Buffer.from('002408011220', 'hex'), publicKey])).slice(1)
