import fc from 'fast-check'

/** Where to cut something whose length is not known yet. */
export const someCuts = (): fc.Arbitrary<readonly number[]> => fc.array(fc.nat({ max: 2_000 }), { maxLength: 30 })

/** The bytes in pieces: each cut counts from the one before it; a cut of 0 makes a piece without bytes. */
export function cutInto(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let at = 0
  for (const cut of cuts) {
    pieces.push(bytes.subarray(at, at + cut))
    at = Math.min(at + cut, bytes.length)
  }
  return [...pieces, bytes.subarray(at)]
}
