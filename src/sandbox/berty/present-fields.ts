/** Numbers of the fields that are on the wire, with whatever value: decoded, an empty field looks like an absent one. */
export function presentFields(message: Uint8Array): ReadonlySet<number> {
  const present = new Set<number>()
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; at < message.length; shift += 7) {
      const byte = message[at++] as number
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    return value
  }
  while (at < message.length) {
    const tag = varint()
    present.add(Math.floor(tag / 8))
    const wireType = tag % 8
    if (wireType === 0) varint()
    else if (wireType === 1) at += 8
    else if (wireType === 2) at += varint()
    else if (wireType === 5) at += 4
    else break
  }
  return present
}
