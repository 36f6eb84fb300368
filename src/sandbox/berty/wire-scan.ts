import { wireFields } from '../../shared/wire/index.js'

/**
 * The numbers of the fields that are on the wire, empty ones included; undefined if the bytes are no message. Decoding
 * alone cannot tell an empty field from an absent one.
 */
export function scanFields(message: Uint8Array): ReadonlySet<number> | undefined {
  try {
    const numbers = new Set<number>()
    for (const { number } of wireFields(message)) numbers.add(number)
    return numbers
  } catch {
    return undefined
  }
}
