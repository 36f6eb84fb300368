import {
  addressOfKey,
  freeCallMessage,
  freeCallTokenMessage,
  freeCallUseMessage,
  signerOf,
  signMessage,
  toAddress,
} from '../../ethereum/index.js'
import { isAddress } from '../../shared/units.js'
import type { FreeCallerText, FreeCallSignatures, FreeCallUser } from '../payments/ports.js'

/** Names that are part of what is signed (snet-wire 3.2, S8 to S10). */
export interface FreeCallNames {
  readonly organization: string
  readonly service: string
  /** Group id in base64. */
  readonly group: string
  readonly groupName: string
}

/** @param key what tokens are signed with; without one none are made, and those that were made go on counting */
export function createFreeCallSignatures(names: FreeCallNames, key: Uint8Array | undefined): FreeCallSignatures {
  const caller = ({ address, userId }: FreeCallerText) => ({ ...names, address, userId })
  const tokenMessage = ({ address, userId }: FreeCallUser, expiration: bigint): Uint8Array =>
    freeCallTokenMessage({ ...names, user: address, userId }, expiration)
  return {
    issuer: key && addressOfKey(key),
    signToken(user, expiration) {
      if (!key) throw new Error('there is no key to sign free-call tokens with')
      const signature = signMessage(key, tokenMessage(user, expiration))
      // What the daemons sign carries v as 0 or 1, and clients sign the bytes of the token again.
      signature[V_AT] = (signature[V_AT] as number) - 27
      return signature
    },
    ofToken: (user, expiration, signature) => signerOf(tokenMessage(user, expiration), signature),
    ofTokenRequest: (who, block, signature) => signerOf(freeCallMessage(caller(who), block), signature),
    ofUse: (who, block, token, signature) => signerOf(freeCallUseMessage(caller(who), block, token), signature),
    parseAddress(text) {
      const whole = text.startsWith('0x') ? text : `0x${text}`
      return isAddress(whole) ? toAddress(whole) : undefined
    },
  }
}

const V_AT = 64
