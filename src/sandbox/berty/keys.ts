import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { base58btc } from 'multiformats/bases/base58'
import { base32 } from 'multiformats/bases/base32'
import { BERTY, type BertyGroup } from '../../shared/wire/index.js'
import type { Random } from './random.js'

/** An Ed25519 private key in PKCS #8, up to the seed. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
/** An Ed25519 public key in SPKI, up to the 32 bytes. */
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

/** A new multi-member group. Its secret is itself the seed of a key, which signs nothing here. */
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

/** Whether the group's own key has signed its secret; that is all Berty checks, the type of the group it does not. */
export function isGenuine({ public_key, secret, secret_sig }: BertyGroup): boolean {
  if (public_key?.length !== 32 || secret?.length !== 32 || secret_sig?.length !== 64) return false
  const key = createPublicKey({ key: Buffer.concat([SPKI, public_key]), format: 'der', type: 'spki' })
  return verify(null, secret, key, secret_sig)
}

/** CIDv1, dag-cbor, sha2-256: what stands before the digest. */
const CID_PREFIX = Buffer.from('01711220', 'hex')

export const cidOf = (content: Uint8Array): Buffer =>
  Buffer.concat([CID_PREFIX, createHash('sha256').update(content).digest()])

/** As Interact answers it and an acknowledgement names it. */
export const cidText = (cid: Uint8Array): string => base32.encode(cid)

export const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')

/** Unpadded base64url, the messenger's form of keys. */
export const keyText = (key: Uint8Array): string => Buffer.from(key).toString('base64url')

/** The 32 bytes of a key in the messenger's form, or nothing. */
export function parseKeyText(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === 32 && bytes.toString('base64url') === text ? bytes : undefined
}

/** A libp2p peer id of an Ed25519 key. */
export const peerIdOf = (publicKey: Uint8Array): string =>
  base58btc.encode(Buffer.concat([Buffer.from('002408011220', 'hex'), publicKey])).slice(1)
