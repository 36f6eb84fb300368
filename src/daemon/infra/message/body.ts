import { randomOf } from '../../../shared/random.js'
import { type BodyHeader, headerText } from './header.js'

/** Letters of a tail: drawn from the seed, all alike. */
const LETTERS = Buffer.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')

/** What every body of a test is made from. */
export interface BodyPlan {
  readonly seed: string
  readonly size: number
}

/**
 * The body of one message: the header, where it fits, then a tail that depends on seed, test and sequence alone, so
 * that the same seed gives the same tails and sizes. Its length is the plan's size exactly.
 */
export function textBody({ seed, size }: BodyPlan, header: BodyHeader): string {
  const head = headerText(header)
  return head.length > size ? tail({ seed, size }, header) : head + tail({ seed, size: size - head.length }, header)
}

function tail({ seed, size }: BodyPlan, { test, sequence }: BodyHeader): string {
  const random = randomOf(`text/${seed}/${test}/${sequence}`)
  const letters = Buffer.allocUnsafe(size)
  for (let at = 0; at < size;) {
    // Five letters of 6 bits in each number; 52 of 64 values are letters.
    for (let bits = random.uint32(), left = 5; left > 0 && at < size; left--, bits >>>= 6) {
      const letter = LETTERS[bits & 63]
      if (letter !== undefined) letters[at++] = letter
    }
  }
  return letters.toString('latin1')
}
