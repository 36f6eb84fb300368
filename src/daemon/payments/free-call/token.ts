import { SnetError } from '../../../shared/errors.js'

/** What a free-call token says: until when, and who promised it (snet-wire 3.4). */
export interface FreeCallToken {
  readonly signature: Uint8Array
  readonly expiration: bigint
}

const SEPARATOR = '_'.charCodeAt(0)
const MAX_BLOCK = 2n ** 64n - 1n

export const formatToken = ({ signature, expiration }: FreeCallToken): Uint8Array =>
  Buffer.concat([signature, Buffer.from(`_${expiration}`, 'ascii')])

/** The signature may hold the separator, too: the last one counts. Error: `invalid-request`. */
export function parseToken(token: Uint8Array): FreeCallToken {
  const at = token.lastIndexOf(SEPARATOR)
  if (at < 0) throw new SnetError('invalid-request', "no '_' found", { hint: HINT })
  const digits = Buffer.from(token.subarray(at + 1)).toString('latin1')
  const expiration = /^\d{1,20}$/.test(digits) ? BigInt(digits) : -1n
  if (expiration < 0n || expiration > MAX_BLOCK)
    throw new SnetError('invalid-request', 'invalid block number', { hint: HINT })
  return { signature: token.subarray(0, at), expiration }
}

const HINT = 'Send the token as GetFreeCallToken answered it: a signature, an underscore and a block number.'
