import { wireFields } from '../../shared/wire/index.js'

/**
 * Numbers of the fields that are on the wire, with whatever value; nothing when the bytes are no message. Decoded, an
 * empty field looks like an absent one.
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
