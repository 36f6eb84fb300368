import { SnetError } from '../shared/errors.js'
import type { Address } from '../shared/units.js'
import { addressFromBytes, addressOfPublicKey, publicKeyHash } from './address.js'
import { type Curve, curve } from './curve.js'
import { keccak256 } from './keccak.js'

const PREFIX = Buffer.from('\x19Ethereum Signed Message:\n32', 'ascii')
/** The prefix with room for a hash behind it. */
const prefixed = Buffer.concat([PREFIX, new Uint8Array(32)])
export const SIGNATURE_BYTES = 65
const V_AT = 64

/** The digest that is signed for a message: its hash, prefixed as an Ethereum personal message of 32 bytes, hashed again (snet-wire 3.1). */
export function messageDigest(message: Uint8Array): Uint8Array {
  prefixed.set(keccak256(message), PREFIX.length)
  return keccak256(prefixed)
}

/**
 * The signature in the form that the contracts' `ecrecover` takes: 65 bytes r ‖ s ‖ v with v = 27 or 28. Clients send 0
 * and 1 as well; every other v has no key behind it on chain, so undefined.
 */
export function toChainSignature(signature: Uint8Array): Uint8Array | undefined {
  if (signature.length !== SIGNATURE_BYTES) return undefined
  const v = signature[V_AT] as number
  if (v === 27 || v === 28) return signature
  if (v > 1) return undefined
  const normal = Uint8Array.from(signature)
  normal[V_AT] = v + 27
  return normal
}

/**
 * The address that the chain's `ecrecover` would answer for `message`; undefined where that answers none. Low and high
 * s recover alike, here as there.
 */
export function signerOf(message: Uint8Array, signature: Uint8Array, on: Curve = curve): Address | undefined {
  const signer = recoverSigner(messageDigest(message), signature, on)
  return signer && addressFromBytes(signer)
}

/** The 20 bytes of the same address for a digest; undefined where there is none. */
export function recoverSigner(digest: Uint8Array, signature: Uint8Array, on: Curve = curve): Uint8Array | undefined {
  const normal = toChainSignature(signature)
  if (!normal) return undefined
  try {
    const recoveryId = (normal[V_AT] as number) - 27
    const signer = publicKeyHash(on.recover(digest, normal.subarray(0, V_AT), recoveryId))
    // The contracts' sign for "no signer": whoever had it as his address would be everybody.
    return signer.every((byte) => byte === 0) ? undefined : signer
  } catch {
    return undefined
  }
}

/** 65 bytes r ‖ s ‖ v with v = 27 or 28, as the escrow contract wants it. */
export function signMessage(key: Uint8Array, message: Uint8Array, on: Curve = curve): Uint8Array {
  const { signature, recoveryId } = on.sign(messageDigest(message), key)
  const signed = new Uint8Array(SIGNATURE_BYTES)
  signed.set(signature)
  signed[V_AT] = 27 + recoveryId
  return signed
}

export const addressOfKey = (key: Uint8Array): Address => addressOfPublicKey(curve.publicKey(key))

/**
 * Signs and recovers once with a known result. A curve library that answers wrongly would accept anybody's payment,
 * so a daemon must not start on it. Error: `bug`.
 */
export function selfTestSignatures(on: Curve = curve): void {
  const message = Buffer.from('signature self-test', 'ascii')
  const signer = signerOf(message, signMessage(new Uint8Array(32).fill(0x11), message, on), on)
  const stranger = signerOf(
    Buffer.from('another message', 'ascii'),
    signMessage(new Uint8Array(32).fill(0x11), message, on),
    on,
  )
  if (signer !== ('0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A' as Address) || stranger === signer) {
    throw new SnetError('bug', `the ${on.implementation} secp256k1 library on this host computes wrong signers`, {
      hint: 'Install the package again for this platform; no payment can be checked until it answers correctly.',
    })
  }
}
