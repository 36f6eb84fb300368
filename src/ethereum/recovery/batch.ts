import type { Address } from '../../shared/units.js'
import { addressFromBytes } from '../address.js'
import { recoverSigner, SIGNATURE_BYTES } from '../signature.js'

/** One signature whose signer is wanted. */
export interface Signed {
  readonly digest: Uint8Array
  /** 65 bytes. */
  readonly signature: Uint8Array
}

const DIGEST_BYTES = 32
const ENTRY_BYTES = DIGEST_BYTES + SIGNATURE_BYTES
/** Whether there is a signer, and who. */
const ANSWER_BYTES = 1 + 20

/** Signatures as they are posted: digest and signature of each behind one another. */
export function packBatch(batch: readonly Signed[]): Uint8Array {
  // Memory of its own: a view would be posted with all that lies around it.
  const bytes = new Uint8Array(batch.length * ENTRY_BYTES)
  for (const [i, { digest, signature }] of batch.entries()) {
    bytes.set(digest, i * ENTRY_BYTES)
    bytes.set(signature, i * ENTRY_BYTES + DIGEST_BYTES)
  }
  return bytes
}

/** The answer to a packed batch: for each signature 1 and the signer's 20 bytes, or zeros. */
export function answerBatch(bytes: Uint8Array): Uint8Array {
  const count = bytes.length / ENTRY_BYTES
  const answer = new Uint8Array(count * ANSWER_BYTES)
  for (let i = 0; i < count; i++) {
    const entry = bytes.subarray(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES)
    const signer = recoverSigner(entry.subarray(0, DIGEST_BYTES), entry.subarray(DIGEST_BYTES))
    if (!signer) continue
    answer[i * ANSWER_BYTES] = 1
    answer.set(signer, i * ANSWER_BYTES + 1)
  }
  return answer
}

/** Whether it can be the answer to a batch of `count`. */
export const isAnswer = (answer: unknown, count: number): answer is Uint8Array =>
  answer instanceof Uint8Array && answer.length === count * ANSWER_BYTES

/** The signer that an answer names for the signature at `index`. */
export function signerIn(answer: Uint8Array, index: number): Address | undefined {
  const at = index * ANSWER_BYTES
  return answer[at] === 1 ? addressFromBytes(answer.subarray(at + 1, at + ANSWER_BYTES)) : undefined
}
