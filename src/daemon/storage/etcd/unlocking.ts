import { Backoff } from '../../../shared/retry.js'
import type { Batches } from './batches.js'
import type { EtcdClient } from './client.js'
import type { HeldLocks } from './held-locks.js'
import { isGivenBack, type Lock } from './lock.js'
import { isLocked, unlockStep } from './lock-steps.js'
import type { Membership, Session } from './membership.js'
import type { Reads } from './reads.js'

const RETRY = { firstMs: 50, longestMs: 1_000 }

export interface UnlockingDeps {
  readonly client: EtcdClient
  readonly batches: Batches
  readonly membership: Membership
  readonly reads: Reads
  readonly held: HeldLocks
}

/** Gives locks back, again and again where etcd does not answer. */
export class Unlocking implements AsyncDisposable {
  readonly #deps: UnlockingDeps
  readonly #underWay = new Set<Promise<void>>()
  readonly #closing = new AbortController()

  constructor(deps: UnlockingDeps) {
    this.#deps = deps
  }

  /** Resolves once it is given back or etcd did not answer; it is tried on then, and the key stays taken meanwhile. */
  async giveBack(lock: Lock): Promise<void> {
    this.#deps.held.move(lock.key)
    const attempt = this.#tryOnce(lock)
    const whole = this.#goOn(lock, attempt)
    this.#underWay.add(whole)
    void whole.finally(() => this.#underWay.delete(whole))
    if (await attempt) await whole
  }

  /** Unlocks what lies in etcd under the lease of this process, if nobody here has it. */
  async freeStray(key: string, session: Session): Promise<void> {
    const { held, reads, batches } = this.#deps
    if (held.has(key)) return
    held.move(key)
    try {
      const [stored] = await reads.get([key])
      if (stored?.lease === session.lost.lease && isLocked(stored))
        await batches.send(unlockStep(key, stored.revision, session))
    } finally {
      held.forget(key)
    }
  }

  /** Does so once etcd answers again, and nothing comes any more of what it was asked for. */
  async freeLater(key: string, session: Session): Promise<void> {
    const { client, membership } = this.#deps
    const { signal } = this.#closing
    const backoff = new Backoff(RETRY)
    while (!session.lost.aborted && !signal.aborted) {
      await backoff.wait(signal)
      try {
        await membership.moveFence(session, session.fence, client.deadline())
        await this.freeStray(key, session)
        return
      } catch {
        // It is tried again.
      }
    }
  }

  /** What is not given back now goes with the lease. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#underWay)
  }

  async #goOn(lock: Lock, attempt: Promise<boolean>): Promise<void> {
    const { signal } = this.#closing
    const backoff = new Backoff(RETRY)
    let isOver = await attempt
    while (!isOver && !signal.aborted) {
      await backoff.wait(signal)
      isOver = await this.#tryOnce(lock)
    }
    this.#deps.held.forget(lock.key)
  }

  /** Whether it is known that it is not ours any more. */
  async #tryOnce(lock: Lock): Promise<boolean> {
    const { key, revision, session } = lock
    if (revision === undefined || isGivenBack(lock)) return true
    try {
      await this.#deps.batches.send(unlockStep(key, revision, session))
      return true
    } catch {
      return false
    }
  }
}
