import { SnetError } from '../shared/errors.js'
import { type Address, isAddress } from '../shared/units.js'
import { keccak256 } from './keccak.js'

/** 20 bytes in their EIP-55 spelling: a letter is upper case where the hash of the lower-case text has a nibble of 8 or more. */
export function addressFromBytes(bytes: Uint8Array): Address {
  const digits = Buffer.from(Buffer.from(bytes).toString('hex'), 'ascii')
  const hash = keccak256(digits)
  for (let i = 0; i < digits.length; i++) {
    const nibble = ((hash[i >> 1] as number) >> (i % 2 === 0 ? 4 : 0)) & 15
    const digit = digits[i] as number
    if (nibble >= 8 && digit >= LETTER_A) digits[i] = digit - TO_UPPER_CASE
  }
  return `0x${digits.toString('ascii')}` as Address
}

const LETTER_A = 0x61
const TO_UPPER_CASE = 0x20

/** Any spelling of an address in its EIP-55 form. Error: `invalid-request` when it is no address. */
export function toAddress(text: string): Address {
  if (!isAddress(text)) {
    throw new SnetError('invalid-request', `"${text}" is not an Ethereum address`, {
      hint: 'An address is 0x followed by 40 hexadecimal digits.',
    })
  }
  return addressFromBytes(addressBytes(text as Address))
}

/** The 20 raw bytes of an address. */
export const addressBytes = (address: Address): Uint8Array => Buffer.from(address.slice(2), 'hex')

/** The 20 bytes of a public key's address: the last ones of the hash of its 64 coordinate bytes. */
export const publicKeyHash = (uncompressed: Uint8Array): Uint8Array => keccak256(uncompressed.subarray(1)).subarray(12)

export const addressOfPublicKey = (uncompressed: Uint8Array): Address => addressFromBytes(publicKeyHash(uncompressed))
