import { BoundedMap } from '../../../shared/bounded-map.js'
import { unlessAborted } from '../../../shared/cancellation.js'
import { pause } from '../../../shared/clock.js'
import { SnetError } from '../../../shared/errors.js'
import { storeClosed } from '../no-longer-ours.js'
import { revisionOf } from './answers.js'
import type { Batches } from './batches.js'
import type { EtcdClient } from './client.js'
import { rightLost, toStoreError, Unanswered, Unsure } from './faults.js'
import { HeldLocks } from './held-locks.js'
import { UNLOCKED } from './keys.js'
import { type Commit, type Committed, isGivenBack, type Lock, type Looked, type Wanted } from './lock.js'
import { retakeRequest, shortTakeRequest, type Taken, takenOf, takeRequest } from './lock-steps.js'
import type { Membership, Session } from './membership.js'
import { isStill, put } from './operations.js'
import type { Reads } from './reads.js'
import { Loss } from './right.js'
import { Unlocking } from './unlocking.js'

/** How long until it is seen whether another process is done. */
const POLL_MS = 100
/** So many keys are remembered to be there. */
const MOST_KNOWN = 10_000

export interface LocksDeps {
  readonly client: EtcdClient
  readonly batches: Batches
  readonly membership: Membership
  readonly reads: Reads
}

/**
 * The locks of the reference, each a key that says `locked` or `unlocked`; ours go with the lease of their process. Within
 * this process its own list decides, so that what lies in etcd under its lease and is not on the list is nobody's.
 */
export class Locks implements AsyncDisposable {
  readonly #deps: LocksDeps
  readonly #held = new HeldLocks()
  readonly #unlocking: Unlocking
  /** Keys that are in etcd: nobody ever deletes one. */
  readonly #known = new BoundedMap<string, true>(MOST_KNOWN)
  readonly #closing = new AbortController()

  constructor(deps: LocksDeps) {
    this.#deps = deps
    this.#unlocking = new Unlocking({ ...deps, held: this.#held })
  }

  /** Undefined where somebody has it. Errors: `unavailable`; faults of etcd; the caller's reason to leave. */
  async take(key: string, wanted: Wanted = {}): Promise<Lock | undefined> {
    const { waitMs = 0, cancelled } = wanted
    const end = performance.now() + waitMs
    while (this.#held.has(key) && !this.#held.isRefusing && !cancelled?.aborted && performance.now() < end)
      await this.#held.waitFor(key, end - performance.now(), cancelled)
    cancelled?.throwIfAborted()
    if (this.#held.isRefusing) throw storeClosed()
    if (this.#held.has(key)) return undefined
    this.#held.move(key)
    let lock: Lock | undefined
    try {
      lock = await this.#ask(key, wanted)
      if (!lock && waitMs > 0) lock = await this.#askUntil(end, key, wanted)
    } finally {
      if (lock) this.#held.hold(lock)
      else this.#held.forget(key)
    }
    if (!lock || !(cancelled?.aborted || this.#held.isRefusing)) return lock
    await this.release(lock)
    throw cancelled?.reason ?? storeClosed()
  }

  /** Nothing is taken any more; whoever waits is told. */
  refuse(): void {
    this.#held.refuse()
  }

  /** The lock of this process on a key. */
  heldHere(key: string): Lock | undefined {
    return this.#held.get(key)
  }

  /** Whether what lies in etcd under this lease is nobody's. */
  isStray(key: string, lease: string): boolean {
    return !this.#held.has(key) && lease === this.#deps.membership.session.lost.lease
  }

  /** Unlocks what is. */
  freeStray(key: string): Promise<void> {
    return this.#unlocking.freeStray(key, this.#deps.membership.require())
  }

  /**
   * Changes what the lock protects and gives it back, all at once. Where it did nothing because of what was compared, the
   * values of `reads` are returned. Errors: those of `Batches.send`; `unavailable` where the lock is not ours any more.
   */
  async commit(lock: Lock, { compare, changes, reads, ...about }: Commit): Promise<Committed> {
    lock.lost.throwIfAborted()
    const { key, revision, session } = lock
    if (revision === undefined) throw new SnetError('bug', 'a lock that was given back commits nothing')
    const request = {
      compare: [isStill(key, revision), ...compare],
      success: [...changes, put(key, UNLOCKED)],
    }
    const { succeeded, revision: now } = await this.#deps.batches.send({
      request,
      session,
      keys: [key, ...reads],
      ...about,
    })
    if (succeeded) {
      lock.revision = undefined
      return { isDone: true, revision: now }
    }
    const { isOurs, values } = await this.look(lock, reads, this.#deps.client.deadline()).catch((fault: unknown) => {
      throw toStoreError(fault, `the lock ${key} cannot be read`)
    })
    if (isOurs) return { isDone: false, values }
    const reason = rightLost('somebody else has ended this hold')
    lock.lost.abort(reason)
    throw reason
  }

  /** The lock and the `reads` as they are, after a commit of which nobody knows. */
  async look(lock: Lock, reads: readonly string[], deadline: number): Promise<Looked> {
    const [stored, ...values] = await this.#deps.reads.get([lock.key, ...reads], deadline)
    const isOurs = revisionOf(stored) === lock.revision
    if (!isOurs) lock.revision = undefined
    return { isOurs, values }
  }

  /** Resolves once it is given back or etcd did not answer; it is tried on then, and the key stays taken meanwhile. */
  async release(lock: Lock): Promise<void> {
    if (this.#held.get(lock.key) !== lock) return
    lock.lost.settle()
    if (isGivenBack(lock)) this.#held.forget(lock.key)
    else await this.#unlocking.giveBack(lock)
  }

  /** Ends a hold of this process. */
  async end(lock: Lock, reason: SnetError): Promise<void> {
    lock.lost.abort(reason)
    await this.release(lock)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.refuse()
    this.#closing.abort()
    this.#held.loseAll()
    await this.#unlocking[Symbol.asyncDispose]()
  }

  /** Asks again and again while another process has it. */
  async #askUntil(end: number, key: string, wanted: Wanted): Promise<Lock | undefined> {
    for (let left = end - performance.now(); left > 0; left = end - performance.now()) {
      if (wanted.cancelled?.aborted || this.#held.isRefusing) break
      const polling = pause(Math.min(POLL_MS, left), this.#closing.signal)
      await (wanted.cancelled ? unlessAborted(polling, wanted.cancelled) : polling)
      const lock = await this.#ask(key, wanted)
      if (lock) return lock
    }
    return undefined
  }

  /** Asks until it is answered or the time is over: nothing is taken twice by one process. */
  async #ask(key: string, { reads = [], by = 'this daemon' }: Wanted): Promise<Lock | undefined> {
    const { client, membership } = this.#deps
    const session = membership.require()
    let isMaybeTaken = false
    const attempt = (): Promise<Taken | undefined> =>
      this.#askOnce(key, reads, session).catch((fault: unknown) => {
        if (fault instanceof Unanswered || fault instanceof Unsure) isMaybeTaken = true
        throw fault
      })
    try {
      const taken = await client.retry(client.deadline(), attempt)
      if (!taken) return undefined
      session.lost.throwIfAborted()
      const { values, revision } = taken
      return { key, session, lost: new Loss(session.lost), since: Date.now(), by, values, revision }
    } catch (fault) {
      // Also where a later attempt than that was refused, or could not be written.
      if (isMaybeTaken) void this.#unlocking.freeLater(key, session)
      throw fault
    }
  }

  async #askOnce(key: string, reads: readonly string[], session: Session): Promise<Taken | undefined> {
    const { batches } = this.#deps
    const keys = [key, ...reads]
    if (this.#known.has(key)) {
      const outcome = await batches.send({ request: shortTakeRequest(key, reads, session), session, keys })
      if (outcome.succeeded) return takenOf(outcome) as Taken
    }
    this.#known.set(key, true)
    const answer = takenOf(await batches.send({ request: takeRequest(key, reads, session), session, keys }))
    if (!('stored' in answer)) return answer
    const { stored } = answer
    if (stored?.lease !== session.lost.lease) return undefined
    // An earlier request took it and was not answered.
    const request = retakeRequest(key, reads, session, stored.revision)
    const again = takenOf(await batches.send({ request, session, keys }))
    return 'stored' in again ? undefined : again
  }
}
