import { faultOfRequest, faultOfResponse, faultOfTrailers } from './field-rules.js'

/** What a header list is to be: each has rules of its own. */
export type ListKind = 'request' | 'answer' | 'trailers'

export interface Verdict {
  /** What is wrong with the list; undefined when it is in order. */
  readonly fault: string | undefined
  /** The length of the body that it announces (RFC 9113 8.1.1). */
  readonly announced: number | undefined
  /** 1xx comes before the answer (RFC 9113 8.1). */
  readonly isInformational: boolean
}

const FAULT_OF = { request: faultOfRequest, answer: faultOfResponse, trailers: faultOfTrailers }
const GOOD: Verdict = { fault: undefined, announced: undefined, isInformational: false }
const bad = (fault: string): Verdict => ({ ...GOOD, fault })

const SLOTS = 8

/** Judges header lists; of the last few that may come again as the same object it knows what it said. */
export class Verdicts {
  readonly #lists: (readonly string[])[] = []
  readonly #kinds: ListKind[] = []
  readonly #verdicts: Verdict[] = []
  #next = 0

  /** @param isKnown whether the same object may come again */
  of(fields: readonly string[], kind: ListKind, isKnown: boolean): Verdict {
    if (!isKnown) return judge(fields, kind)
    const slot = this.#lists.indexOf(fields)
    if (slot >= 0 && this.#kinds[slot] === kind) return this.#verdicts[slot] as Verdict
    const verdict = judge(fields, kind)
    this.#lists[this.#next] = fields
    this.#kinds[this.#next] = kind
    this.#verdicts[this.#next] = verdict
    this.#next = (this.#next + 1) % SLOTS
    return verdict
  }
}

function judge(fields: readonly string[], kind: ListKind): Verdict {
  const fault = FAULT_OF[kind](fields)
  if (fault) return bad(fault)
  // The status comes first, as the list has passed its rules.
  if (kind === 'answer' && fields[1]?.startsWith('1')) return { ...GOOD, isInformational: true }
  return kind === 'trailers' || hasNoBody(fields) ? GOOD : judgeLength(fields)
}

/** What these announce is the length that another answer would have (RFC 9110 8.6). */
const hasNoBody = ([name, status]: readonly string[]): boolean =>
  name === ':status' && (status === '204' || status === '304')

/** A content-length is a number, and the same where it comes twice (RFC 9113 8.1.1). */
function judgeLength(fields: readonly string[]): Verdict {
  let length: string | undefined
  for (let at = 0; at < fields.length; at += 2) {
    if (fields[at] !== 'content-length') continue
    const value = fields[at + 1] as string
    if (!/^\d{1,15}$/.test(value) || (length !== undefined && length !== value))
      return bad('a content-length that is none')
    length = value
  }
  return length === undefined ? GOOD : { ...GOOD, announced: Number(length) }
}
