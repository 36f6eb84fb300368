import { SigningKey, type Transaction } from 'ethers'
import { signMessage } from '../ethereum/index.js'
import type { Address } from '../shared/units.js'
import type { Key } from './keys.js'

/** Whoever signs for one address: a key that lies here, or a program that keeps it and is asked. */
export interface Account {
  readonly address: Address
  /** Signs one of the layouts of snet-wire 3.2: 65 bytes r ‖ s ‖ v. */
  signMessage(message: Uint8Array): Promise<Uint8Array>
  /** The whole transaction as it goes to a node, in hex. */
  signTransaction(transaction: Transaction): Promise<string>
}

export function accountOfKey({ address, bytes }: Key): Account {
  const signing = new SigningKey(bytes)
  return {
    address,
    signMessage: async (message) => signMessage(bytes, message),
    async signTransaction(transaction) {
      const signed = transaction.clone()
      signed.signature = signing.sign(signed.unsignedHash)
      return signed.serialized
    },
  }
}
