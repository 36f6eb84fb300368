import { bigEndian } from '../units.js'
import { GobFault } from './bytes.js'

/** The version that Go writes, with the sign in the lowest bit. */
const POSITIVE = 0x02

/** What Go's big.Int writes of itself, for a number that is not negative. */
export function bigIntBytes(value: bigint): Uint8Array {
  if (value < 0n) throw new RangeError('a negative number')
  if (value <= Number.MAX_SAFE_INTEGER) return smallBytes(Number(value))
  const digits = value === 0n ? '' : value.toString(16)
  const hex = digits.length % 2 === 0 ? digits : `0${digits}`
  const bytes = Buffer.allocUnsafe(1 + hex.length / 2)
  bytes[0] = POSITIVE
  bytes.write(hex, 1, 'hex')
  return bytes
}

/** The same of a number that most are, several times as fast. */
function smallBytes(value: number): Uint8Array {
  let length = 0
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) length++
  const bytes = Buffer.allocUnsafe(1 + length)
  bytes[0] = POSITIVE
  for (let rest = value, at = length; at > 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256
  return bytes
}

/** A number of the contract. Fault: GobFault for a negative one, or one of more than 256 bits. */
export function readUint256(bytes: Uint8Array): bigint {
  // Go reads no bytes at all as zero.
  if (bytes.length === 0) return 0n
  if (bytes[0] !== POSITIVE) throw new GobFault('a number that is negative, or in an unknown form')
  if (bytes.length > 33) throw new GobFault('a number of more than 256 bits')
  return bigEndian(bytes.subarray(1))
}
