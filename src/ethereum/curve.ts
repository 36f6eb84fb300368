import { createRequire } from 'node:module'

/** The two curve operations we need, whoever computes them. All throw on input that is no signature or no key. */
export interface Curve {
  readonly implementation: 'native' | 'wasm'
  /** @returns the 65-byte uncompressed public key */
  recover(digest: Uint8Array, signature: Uint8Array, recoveryId: number): Uint8Array
  /** Deterministic (RFC 6979), low s. */
  sign(digest: Uint8Array, key: Uint8Array): { signature: Uint8Array; recoveryId: number }
  publicKey(key: Uint8Array): Uint8Array
}

interface NativeSecp256k1 {
  ecdsaRecover(signature: Uint8Array, recoveryId: number, digest: Uint8Array, compressed: boolean): Uint8Array
  ecdsaSign(digest: Uint8Array, key: Uint8Array): { signature: Uint8Array; recid: number }
  publicKeyCreate(key: Uint8Array, compressed: boolean): Uint8Array
}

/** The C library through its binding: 66 µs for a recovery. Throws where no binding fits this platform. */
export function nativeCurve(): Curve {
  // The package's main entry falls back to pure JavaScript (2 ms for a recovery) without a word, so take the binding itself.
  const native = createRequire(import.meta.url)('secp256k1/bindings.js') as NativeSecp256k1
  return {
    implementation: 'native',
    recover: (digest, signature, recoveryId) => native.ecdsaRecover(signature, recoveryId, digest, false),
    sign: (digest, key) => {
      const { signature, recid } = native.ecdsaSign(digest, key)
      return { signature, recoveryId: recid }
    },
    publicKey: (key) => native.publicKeyCreate(key, false),
  }
}

/** The same C library compiled to WebAssembly: 166 µs for a recovery, and it runs everywhere. */
export async function wasmCurve(): Promise<Curve> {
  // Only where there is no binding: it is a megabyte of memory to everybody else.
  const { instantiateSecp256k1 } = await import('@bitauth/libauth')
  const wasm = await instantiateSecp256k1()
  return {
    implementation: 'wasm',
    recover: (digest, signature, recoveryId) =>
      orThrow(wasm.recoverPublicKeyUncompressed(signature, recoveryId as 0 | 1 | 2 | 3, digest)),
    sign: (digest, key) => orThrow(wasm.signMessageHashRecoverableCompact(key, digest)),
    publicKey: (key) => orThrow(wasm.derivePublicKeyUncompressed(key)),
  }
}

/** libauth reports failure as a text in place of the result. */
function orThrow<T extends object>(result: T | string): T {
  if (typeof result === 'string') throw new Error(result)
  return result
}

async function openCurve(): Promise<Curve> {
  try {
    return nativeCurve()
  } catch {
    return await wasmCurve()
  }
}

export const curve: Curve = await openCurve()
