/**
 * Numbers of the fields that are on the wire, with whatever value; nothing when the bytes are no message. Decoded, an
 * empty field looks like an absent one, and protobufjs reads past the end of a text without complaint.
 */
export function scanFields(message: Uint8Array): ReadonlySet<number> | undefined {
  const fields = new Set<number>()
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; at < message.length && shift < 70; shift += 7) {
      const byte = message[at++] as number
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    return NaN
  }
  while (at < message.length) {
    const tag = varint()
    const number = Math.floor(tag / 8)
    const length = lengthOf(tag % 8, varint)
    at += length
    if (!(number > 0) || !(at <= message.length)) return undefined
    fields.add(number)
  }
  return fields
}

/** Bytes of the value that are still to be passed over; NaN when there can be none. */
function lengthOf(wireType: number, varint: () => number): number {
  if (wireType === 0) return varint() * 0
  if (wireType === 1) return 8
  if (wireType === 2) return varint()
  return wireType === 5 ? 4 : NaN
}
