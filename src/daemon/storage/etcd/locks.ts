import { BoundedMap } from '../../../shared/bounded-map.js'
import { type Cancelled, unlessAborted } from '../../../shared/cancellation.js'
import { pause } from '../../../shared/clock.js'
import { SnetError } from '../../../shared/errors.js'
import { Backoff } from '../../../shared/retry.js'
import { storeClosed } from '../no-longer-ours.js'
import { WaitersByKey } from '../waiters-by-key.js'
import { revisionOf } from './answers.js'
import type { Batches } from './batches.js'
import type { EtcdClient } from './client.js'
import { rightLost, toStoreError, Unanswered, Unsure } from './faults.js'
import { UNLOCKED } from './keys.js'
import { type Commit, type Committed, isGivenBack, type Lock, type Looked, type Wanted } from './lock.js'
import {
  isLocked,
  retakeRequest,
  shortTakeRequest,
  type Taken,
  takenOf,
  takeRequest,
  unlockStep,
} from './lock-steps.js'
import type { Membership, Session } from './membership.js'
import { isStill, put } from './operations.js'
import type { Reads } from './reads.js'
import { Loss } from './right.js'

/** How long until it is seen whether another process is done. */
const POLL_MS = 100
/** So many keys are remembered to be there. */
const MOST_KNOWN = 10_000
const RETRY = { firstMs: 50, longestMs: 1_000 }

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
  readonly #held = new Map<string, Lock | 'moving'>()
  /** Keys that are in etcd: nobody ever deletes one. */
  readonly #known = new BoundedMap<string, true>(MOST_KNOWN)
  readonly #waiting = new WaitersByKey<string>()
  readonly #releasing = new Set<Promise<void>>()
  readonly #closing = new AbortController()
  #isRefusing = false

  constructor(deps: LocksDeps) {
    this.#deps = deps
  }

  /** Undefined where somebody has it. Errors: `unavailable`; faults of etcd; the caller's reason to leave. */
  async take(key: string, wanted: Wanted = {}): Promise<Lock | undefined> {
    const { waitMs = 0, cancelled } = wanted
    const end = performance.now() + waitMs
    const waits = (left: number): boolean => left > 0 && this.#held.has(key) && !this.#isRefusing
    for (let left = waitMs; waits(left) && !cancelled?.aborted; left = end - performance.now())
      await this.#waiting.wait(key, left, cancelled)
    cancelled?.throwIfAborted()
    if (this.#isRefusing) throw storeClosed()
    if (this.#held.has(key)) return undefined
    this.#held.set(key, 'moving')
    let lock: Lock | undefined
    try {
      lock = await this.#takeFromOthers(key, wanted, end)
    } finally {
      if (!lock) this.#forget(key)
    }
    if (lock) await this.#hold(lock, cancelled)
    return lock
  }

  /** Nothing is taken any more; whoever waits is told. */
  refuse(): void {
    this.#isRefusing = true
    this.#waiting.wakeAll()
  }

  /** The lock of this process on a key. */
  heldHere(key: string): Lock | undefined {
    const held = this.#held.get(key)
    return held === 'moving' ? undefined : held
  }

  /** Whether what lies in etcd under this lease is known to this process. */
  isStray(key: string, lease: string): boolean {
    return !this.#held.has(key) && lease === this.#deps.membership.session.lost.lease
  }

  /**
   * Changes what the lock protects and gives it back, all at once. Where it did nothing because of what was compared, the
   * values of `reads` are returned. Errors: those of `Batches.send`; `unavailable` where the lock is not ours any more.
   */
  async commit(lock: Lock, { compare, changes, reads, bytes }: Commit): Promise<Committed> {
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
      bytes,
    })
    if (succeeded) {
      lock.revision = undefined
      return { isDone: true, revision: now }
    }
    const { isOurs, values } = await this.look(lock, reads, this.#deps.client.deadline()).catch((fault: unknown) => {
      throw toStoreError(fault, `the lock ${key} cannot be read`)
    })
    if (isOurs) return { isDone: false, values }
    throw this.#lose(lock)
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
    if (isGivenBack(lock)) return this.#forget(lock.key)
    this.#held.set(lock.key, 'moving')
    const attempt = this.#giveBack(lock)
    const releasing = this.#goOnReleasing(lock, attempt)
    this.#releasing.add(releasing)
    void releasing.finally(() => this.#releasing.delete(releasing))
    if (await attempt) await releasing
  }

  /** Ends a hold of this process. */
  async end(lock: Lock, reason: SnetError): Promise<void> {
    lock.lost.abort(reason)
    await this.release(lock)
  }

  /** Unlocks what lies in etcd under this lease, if nobody here has it. */
  async freeStray(key: string, session: Session): Promise<void> {
    if (this.#held.has(key)) return
    this.#held.set(key, 'moving')
    try {
      const [stored] = await this.#deps.reads.get([key])
      if (stored?.lease === session.lost.lease && isLocked(stored))
        await this.#deps.batches.send(unlockStep(key, stored.revision, session))
    } finally {
      this.#forget(key)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.refuse()
    this.#closing.abort()
    for (const held of this.#held.values()) if (held !== 'moving') held.lost.abort(storeClosed())
    // What is not given back now goes with the lease.
    await Promise.all(this.#releasing)
  }

  get #isClosing(): boolean {
    return this.#closing.signal.aborted
  }

  async #takeFromOthers(key: string, wanted: Wanted, end: number): Promise<Lock | undefined> {
    for (;;) {
      const lock = await this.#takeOnce(key, wanted)
      const left = end - performance.now()
      if (lock || left <= 0 || wanted.cancelled?.aborted || this.#isRefusing) return lock
      const polling = pause(Math.min(POLL_MS, left), this.#closing.signal)
      await (wanted.cancelled ? unlessAborted(polling, wanted.cancelled) : polling)
    }
  }

  /** Asks until it is answered or the time is over: nothing is taken twice by one process. */
  async #takeOnce(key: string, { reads = [], by = 'this daemon' }: Wanted): Promise<Lock | undefined> {
    const { client, membership } = this.#deps
    const session = membership.require()
    try {
      const taken = await client.retry(client.deadline(), () => this.#ask(key, reads, session))
      if (!taken) return undefined
      session.lost.throwIfAborted()
      return { key, session, lost: new Loss(session.lost), since: Date.now(), by, ...taken }
    } catch (fault) {
      if (fault instanceof Unanswered || fault instanceof Unsure) this.#freeLater(key, session)
      throw fault
    }
  }

  async #ask(key: string, reads: readonly string[], session: Session): Promise<Taken | undefined> {
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

  async #hold(lock: Lock, cancelled: Cancelled | undefined): Promise<void> {
    this.#held.set(lock.key, lock)
    lock.lost.onAbort(() => {
      if (lock.session.lost.aborted && this.#held.get(lock.key) === lock) this.#forget(lock.key)
    })
    if (!cancelled?.aborted && !this.#isRefusing) return
    await this.release(lock)
    cancelled?.throwIfAborted()
    throw storeClosed()
  }

  /** Whether it is known that it is not ours any more. */
  async #giveBack(lock: Lock): Promise<boolean> {
    const { key, revision, session } = lock
    if (revision === undefined || isGivenBack(lock)) return true
    try {
      await this.#deps.batches.send(unlockStep(key, revision, session))
      return true
    } catch {
      return false
    }
  }

  async #goOnReleasing(lock: Lock, attempt: Promise<boolean>): Promise<void> {
    const backoff = new Backoff(RETRY)
    let isOver = await attempt
    while (!isOver && !this.#isClosing) {
      await backoff.wait(this.#closing.signal)
      isOver = await this.#giveBack(lock)
    }
    this.#forget(lock.key)
  }

  /** What a request took that was not answered is given back once etcd answers again. */
  #freeLater(key: string, session: Session): void {
    const free = async (): Promise<void> => {
      const backoff = new Backoff(RETRY)
      while (!session.lost.aborted && !this.#isClosing) {
        await backoff.wait(this.#closing.signal)
        const { client, membership } = this.#deps
        const isDone = await membership
          .moveFence(session, session.fence, client.deadline())
          .then(() => this.freeStray(key, session))
          .then(
            () => true,
            () => false,
          )
        if (isDone) return
      }
    }
    void free()
  }

  #lose(lock: Lock): SnetError {
    lock.revision = undefined
    const reason = rightLost('somebody else has ended this hold')
    lock.lost.abort(reason)
    return reason
  }

  #forget(key: string): void {
    this.#held.delete(key)
    this.#waiting.wake(key)
  }
}
