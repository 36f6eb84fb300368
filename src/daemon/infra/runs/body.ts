import { randomOf } from '../../../shared/random.js'

/** What a body says of itself. */
export interface BodyHeader {
  readonly run: string
  readonly test: string
  readonly sequence: number
  /** Microseconds since 1970, by the sender's clock. */
  readonly sentAt: number
}

/**
 * `m1 RUN TEST SEQUENCE SENT_AT ` — sequence and µs in base 36, the test's key percent-encoded. It never starts with
 * `/`, which a Berty may take for a command.
 */
const MARK = 'm1'
export const MAX_HEADER = 160
/** Of a run's id, and of a test's key once it is encoded: a header then always fits. */
export const MAX_NAME = 64
const HEADER = /^m1 ([\w.-]{1,64}) ([\w.~!*'()%-]{1,64}) ([0-9a-z]{1,6}) ([0-9a-z]{1,11}) /
const RUN = /^[\w.-]{1,64}$/

/** Letters of a tail: drawn from the seed, all alike. */
const LETTERS = Buffer.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')

export const isRunId = (text: string): boolean => RUN.test(text)
export const isTestKey = (text: string): boolean =>
  text.length > 0 && !/[\p{Cc}\p{Cs}]/u.test(text) && encodeURIComponent(text).length <= MAX_NAME

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

export const headerText = ({ run, test, sequence, sentAt }: BodyHeader): string =>
  `${MARK} ${run} ${encodeURIComponent(test)} ${sequence.toString(36)} ${Math.round(sentAt).toString(36)} `

/** Undefined where the text is no test's message, or too short to say. Never throws, whoever wrote the text. */
export function parseHeader(body: string): BodyHeader | undefined {
  const [, run, test, sequence, sentAt] = HEADER.exec(body.slice(0, MAX_HEADER)) ?? []
  if (run === undefined || test === undefined || sequence === undefined || sentAt === undefined) return undefined
  const numbers = { sequence: parseInt(sequence, 36), sentAt: parseInt(sentAt, 36) }
  if (!Number.isSafeInteger(numbers.sentAt)) return undefined
  try {
    return { run, test: decodeURIComponent(test), ...numbers }
  } catch {
    return undefined
  }
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
