import type { BertyMessage } from '../contract/berty.js'
import type { Cid } from '../contract/keys.js'
import type { AckEntry, SentEntry } from '../contract/records.js'
import { MAX_ACKS_OF_LOOK } from '../limits.js'
import { headerText, parseHeader, textBody } from '../message/index.js'
import type { StartedTest } from './states.js'

/** The reason of a failed send that was not found in its sender's own list. */
const INTERRUPTED = 'interrupted'
/** Berty stamps a message after it was handed over, on the clock of the same host. */
const CLOCK_SLACK_US = 1_000_000

export interface Outcome {
  readonly entry: SentEntry
  /** Acknowledgements that nobody could attribute before. */
  readonly acks: readonly AckEntry[]
}

/**
 * The sends of a test that have no outcome, and what the sender's own list says of them (berty 10, after kill -9). A send
 * is found by run, test and sequence, or by its body if that has no room for a header. Takes the list message by message,
 * in any order.
 */
export class Doubts {
  readonly #test: StartedTest
  readonly #doubts: readonly SentEntry[]
  /** The sends that are looked for, with the id once it is found. */
  readonly #bySequence = new Map<number, Cid | undefined>()
  /** When each of them was sent, by Berty's stamp. */
  readonly #byBody = new Map<string, Map<Cid, number>>()
  /** Bodies without a header that are looked for, and how many of the sends have each. */
  readonly #bodies = new Map<string, number>()
  readonly #acks: AckEntry[] = []

  constructor(test: StartedTest, doubts: readonly SentEntry[]) {
    this.#test = test
    // Nothing in the list tells one medium from another.
    this.#doubts = test.plan.type === 'text' || test.sentAsText ? doubts : []
    for (const doubt of this.#doubts) {
      this.#bySequence.set(doubt.sequence, undefined)
      const body = this.#bodyOf(doubt)
      if (body !== undefined) this.#bodies.set(body, (this.#bodies.get(body) ?? 0) + 1)
    }
  }

  /** Whether there is nothing to look for. */
  get isEmpty(): boolean {
    return this.#doubts.length === 0
  }

  takeAcknowledgement({ device, receivedAt }: BertyMessage, target: Cid): void {
    if (this.#acks.length < MAX_ACKS_OF_LOOK)
      this.#acks.push({ group: this.#test.group, cid: target, device, receivedAt })
  }

  /** @param isTaken whether it is known as another send of this daemon */
  takeOwn({ cid, content }: BertyMessage, isTaken: (cid: Cid) => boolean): void {
    if (content.type !== 'user') return
    const header = parseHeader(content.body)
    if (header) {
      const isOurs = header.run === this.#test.run && header.test === this.#test.test
      if (isOurs && this.#bySequence.has(header.sequence)) this.#bySequence.set(header.sequence, cid)
    } else if (this.#bodies.has(content.body) && !isTaken(cid)) {
      const found = this.#byBody.get(content.body) ?? new Map<Cid, number>()
      this.#byBody.set(content.body, found.set(cid, (content.sentDateMs ?? 0) * 1_000))
    }
  }

  /** To be called after the whole list was taken: a message in it was sent, any other was not. */
  outcomes(): Outcome[] {
    return this.#doubts.flatMap((doubt): Outcome[] => {
      const cid = this.#find(doubt)
      if (cid === 'ambiguous') return []
      const { cid: _none, ...rest } = doubt
      if (cid === undefined) return [{ entry: { ...rest, outcome: 'error', reason: INTERRUPTED } as const, acks: [] }]
      return [{ entry: { ...rest, outcome: 'sent', cid } as const, acks: this.#acks.filter((ack) => ack.cid === cid) }]
    })
  }

  /**
   * The sends that are certainly in the list while others are still under way. A body alone proves nothing then: it may
   * belong to one of those. A send that is not in the list may still come.
   */
  found(): Outcome[] {
    return this.outcomes().filter(({ entry }) => entry.outcome === 'sent' && this.#bodyOf(entry) === undefined)
  }

  #find(doubt: SentEntry): Cid | 'ambiguous' | undefined {
    const body = this.#bodyOf(doubt)
    if (body === undefined) return this.#bySequence.get(doubt.sequence)
    const candidates = [...(this.#byBody.get(body) ?? [])].filter(([, at]) => at >= doubt.sentAt - CLOCK_SLACK_US)
    if (candidates.length === 0) return undefined
    return candidates.length === 1 && this.#bodies.get(body) === 1 ? candidates[0]?.[0] : 'ambiguous'
  }

  /** Undefined where a header tells which message it is. */
  #bodyOf({ sequence, sentAt, size }: SentEntry): string | undefined {
    const { run, test, plan } = this.#test
    const header = { run, test, sequence, sentAt }
    return headerText(header).length > size ? textBody({ seed: plan.seed, size }, header) : undefined
  }
}
