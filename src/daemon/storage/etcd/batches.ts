import { messageOf } from '../../../shared/errors.js'
import { found, type NestedAnswer } from './answers.js'
import type { EtcdClient } from './client.js'
import { type Fault, Refused, toFault, Unanswered, Unsure } from './faults.js'
import type { Membership, Session } from './membership.js'
import { get, isStill, nested, put, toBytes, type Transaction } from './operations.js'
import { Turns } from './turns.js'
import { readAt, revisionOfValue } from './was-written.js'

/** A transaction that may travel with others. */
export interface Step {
  readonly request: Transaction
  /** Under which it is asked for: once that is lost it is not sent any more, and etcd would not do it. */
  readonly session: Session
  /** What it changes, and what it compares that others change: two with one of them in common do not travel together. */
  readonly keys: readonly string[]
  /** About so many, where its values are large. */
  readonly bytes?: number
  /** Whether `Unsure` is to tell what was done, where that cannot be told by what it has put. */
  readonly isNoted?: boolean
}

export interface Outcome extends NestedAnswer {
  /** Of the store, after it; what it has put is of this revision. */
  readonly revision: string
}

/** A request, and what its outcome is told by. */
interface Sent {
  readonly session: Session
  readonly fence: string
  readonly note: string | undefined
}

interface Waiting {
  readonly step: Step
  readonly done: (outcome: Outcome) => void
  readonly fail: (fault: unknown) => void
}

/** etcd takes 128 operations of a transaction and its nested ones, and 1.5 MiB, unless it was started otherwise. */
const MOST_STEPS = 100
const MOST_BYTES = 512 * 1024
const DEFAULT_BYTES = 1_024

/**
 * Sends transactions together as nested ones of one request: one alone takes etcd as long as a hundred. What waits while
 * requests are under way goes with the next one.
 *
 * Each request compares the fence of its session. Moving the fence therefore makes sure that nothing comes any more of a
 * request that was not answered.
 */
export class Batches {
  readonly #client: EtcdClient
  readonly #membership: Membership
  readonly #turns = new Turns<Waiting>(
    (waiting, most) => this.#takeSome(waiting, Math.min(most, this.#most)),
    (taken) => this.#travel(taken),
  )
  #most = MOST_STEPS
  #noted = 0

  constructor(client: EtcdClient, membership: Membership) {
    this.#client = client
    this.#membership = membership
  }

  /**
   * Errors: `Refused`, `Unwritten`; `Unsure` where it was not answered, and what there is to see of it is all that will ever be;
   * `Unanswered` where it may be done; the reason for which the session was lost before it was sent.
   */
  send(step: Step): Promise<Outcome> {
    return new Promise((done, fail) => {
      this.#turns.add({ step, done, fail })
    })
  }

  #takeSome(waiting: Set<Waiting>, most: number): Waiting[] {
    const taken: Waiting[] = []
    const keys = new Set<string>()
    let bytes = 0
    for (const one of waiting) {
      const { step } = one
      bytes += step.bytes ?? DEFAULT_BYTES
      if (taken.length > 0 && (taken.length >= most || bytes > MOST_BYTES)) break
      if (step.keys.some((key) => keys.has(key))) continue
      for (const key of step.keys) keys.add(key)
      taken.push(one)
      waiting.delete(one)
    }
    return taken
  }

  async #travel(taken: readonly Waiting[]): Promise<void> {
    const { session } = this.#membership
    const { lost } = session
    const isLost = lost.aborted
    const isOurs = ({ step }: Waiting): boolean => step.session === session && !isLost
    for (const one of taken) if (!isOurs(one)) one.fail(one.step.session.lost.reason)
    const steps = taken.filter(isOurs)
    if (steps.length === 0) return
    const { fence } = session
    const note = steps.some(({ step }) => step.isNoted) ? String(++this.#noted) : undefined
    try {
      const { succeeded, answers, revision } = await this.#client.txn({
        compare: [isStill(session.key, fence)],
        success: [
          ...steps.map(({ step }) => nested(step.request)),
          ...(note === undefined ? [] : [put(session.notes, note, lost.lease)]),
        ],
        failure: [get(session.key)],
      })
      if (!succeeded) {
        this.#membership.see(session, found(answers[0]))
        return await this.#travel(steps)
      }
      for (const [i, one] of steps.entries()) {
        const inner = answers[i]?.nested
        if (inner) one.done({ succeeded: inner.succeeded, answers: inner.answers, revision })
        else one.fail(new Refused('it answered something else'))
      }
    } catch (thrown) {
      await this.#overcome(toFault(thrown), steps, { session, fence, note })
    }
  }

  async #overcome(fault: Fault, steps: readonly Waiting[], sent: Sent): Promise<void> {
    const { session } = sent
    if (fault instanceof Unanswered) {
      const outcome = await this.#learnOutcome(sent).then(
        (doneAt) => new Unsure(fault.message, { cause: fault }, doneAt),
        // Why the fence cannot be moved, be it that the right was lost, tells nothing of what was sent.
        (cause: unknown) => new Unanswered(messageOf(cause), { cause }),
      )
      for (const one of steps) one.fail(outcome)
      return
    }
    if (fault instanceof Refused && fault.isLeaseGone) this.#membership.see(session, undefined)
    if (steps.length === 1) return (steps[0] as Waiting).fail(session.lost.reason ?? fault)
    // A request is refused, or cannot be written, as a whole, also where one of its parts is at fault or they are too many.
    const half = Math.ceil(steps.length / 2)
    if (fault instanceof Refused && fault.isTooMany) this.#most = Math.min(this.#most, half)
    await this.#travel(steps.slice(0, half))
    await this.#travel(steps.slice(half))
  }

  /** Makes sure that etcd does nothing more of it. The revision at which it did what was noted, undefined where it did not. */
  async #learnOutcome({ session, fence, note }: Sent): Promise<string | undefined> {
    const deadline = this.#client.deadline()
    await this.#membership.moveFence(session, fence, deadline)
    if (note === undefined) return undefined
    const now = await readAt(this.#client, session.notes, { deadline })
    return await revisionOfValue(this.#client, session.notes, { now, since: fence, value: toBytes(note), deadline })
  }
}
