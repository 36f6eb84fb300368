import { MAX_HEADER_CHARACTERS, MAX_KEY_CHARACTERS } from '../limits.js'

/** What the header of a body says. */
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
const HEADER = /^m1 ([\w.-]{1,64}) ([\w.~!*'()%-]{1,64}) ([0-9a-z]{1,6}) ([0-9a-z]{1,11}) /
const RUN = /^[\w.-]{1,64}$/

export const isRunId = (text: string): boolean => RUN.test(text)
export const isTestKey = (text: string): boolean =>
  text.length > 0 && !/[\p{Cc}\p{Cs}]/u.test(text) && encodeURIComponent(text).length <= MAX_KEY_CHARACTERS

export const headerText = ({ run, test, sequence, sentAt }: BodyHeader): string =>
  `${MARK} ${run} ${encodeURIComponent(test)} ${sequence.toString(36)} ${Math.round(sentAt).toString(36)} `

/** Undefined where the text is no test's message, or too short to say. Never throws, whoever wrote the text. */
export function parseHeader(body: string): BodyHeader | undefined {
  const [, run, test, sequence, sentAt] = HEADER.exec(body.slice(0, MAX_HEADER_CHARACTERS)) ?? []
  if (run === undefined || test === undefined || sequence === undefined || sentAt === undefined) return undefined
  const numbers = { sequence: parseInt(sequence, 36), sentAt: parseInt(sentAt, 36) }
  if (!Number.isSafeInteger(numbers.sentAt)) return undefined
  try {
    return { run, test: decodeURIComponent(test), ...numbers }
  } catch {
    return undefined
  }
}
