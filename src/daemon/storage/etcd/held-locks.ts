import type { Cancelled } from '../../../shared/cancellation.js'
import { storeClosed } from '../no-longer-ours.js'
import { WaitersByKey } from '../waiters-by-key.js'
import type { Lock } from './lock.js'
import type { Session } from './membership.js'

/** Which keys are taken in this process: each by a lock, or by whoever asks etcd for one or gives one back. */
export class HeldLocks {
  readonly #held = new Map<string, Lock | typeof MOVING>()
  readonly #waiting = new WaitersByKey<string>()
  #session: Session | undefined
  #isRefusing = false

  has(key: string): boolean {
    return this.#held.has(key)
  }

  get(key: string): Lock | undefined {
    const held = this.#held.get(key)
    return held === MOVING ? undefined : held
  }

  /** Whether nothing is taken any more. */
  get isRefusing(): boolean {
    return this.#isRefusing
  }

  /** Nothing is taken any more; whoever waits is told. */
  refuse(): void {
    this.#isRefusing = true
    this.#waiting.wakeAll()
  }

  /** Resolves when the key may be free here, when the time is over, or when nobody waits any more. */
  waitFor(key: string, ms: number, cancelled: Cancelled | undefined): Promise<void> {
    return this.#waiting.wait(key, ms, cancelled)
  }

  /** The key is about to be taken or given back. */
  move(key: string): void {
    this.#held.set(key, MOVING)
  }

  hold(lock: Lock): void {
    if (lock.session.lost.aborted) return this.forget(lock.key)
    this.#held.set(lock.key, lock)
    this.#loseWith(lock.session)
  }

  /** The key is free here. */
  forget(key: string): void {
    this.#held.delete(key)
    this.#waiting.wake(key)
  }

  loseAll(): void {
    for (const held of this.#held.values()) if (held !== MOVING) held.lost.abort(storeClosed())
  }

  /** What is held under a session is not taken any more once that is lost. */
  #loseWith(session: Session): void {
    if (this.#session === session) return
    this.#session = session
    session.lost.onAbort(() => {
      for (const [key, held] of this.#held) if (held !== MOVING && held.session === session) this.forget(key)
    })
  }
}

const MOVING = 'moving'
