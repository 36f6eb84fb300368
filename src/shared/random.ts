import { createHash } from 'node:crypto'

/** Numbers that depend on a seed alone: the same seed gives the same numbers on every machine and in every version. */
export interface Random {
  /** Uniform over 0 … 2³²−1. */
  uint32(): number
  /** Uniform over 0 … limit−1, without the bias of a remainder. */
  below(limit: number): number
}

/**
 * sfc32 ("small fast counter", Chris Doty-Humphrey): three words of state and a counter, all arithmetic modulo 2³². The
 * state is the first 16 bytes of SHA-256 of the seed's UTF-8, as four little-endian words a, b, c, counter; the first
 * 12 outputs are dropped.
 */
export function randomOf(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest()
  let a = digest.readInt32LE(0)
  let b = digest.readInt32LE(4)
  let c = digest.readInt32LE(8)
  let counter = digest.readInt32LE(12)

  function uint32(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  function below(limit: number): number {
    const fair = 2 ** 32 - (2 ** 32 % limit)
    for (;;) {
      const drawn = uint32()
      if (drawn < fair) return drawn % limit
    }
  }
  for (let i = 0; i < 12; i++) uint32()
  return { uint32, below }
}
