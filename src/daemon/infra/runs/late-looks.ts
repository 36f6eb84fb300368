import type { Clock } from '../../../shared/clock.js'
import { messageOf } from '../../../shared/errors.js'
import type { PeerLink } from '../contract/control.js'
import type { StoredTest } from '../contract/records.js'
import type { SendingGroups } from '../contract/sending-group.js'
import type { SendStore, TestStore } from '../contract/store.js'
import { Doubts } from './doubts.js'
import { onReadiness, whyNotReady } from './readiness.js'
import { settleDoubts, type SettleDeps } from './settle-doubts.js'
import type { StartedTest } from './states.js'
import { waitForFact } from './wait-for-fact.js'

interface LateLooksDeps extends SettleDeps {
  readonly store: SettleDeps['store'] & Pick<SendStore, 'readDoubtful'> & Pick<TestStore, 'readRun'>
  readonly peer: PeerLink
  readonly groups: SendingGroups
  readonly clock: Clock
  /** Told when sends have got their outcome. */
  readonly onSettled: () => void
}

/** Between two tries to read a list. */
const AGAIN_MS = 1_000

/**
 * Looks up the sends of tests that ended while their Berty was away. It waits until Berty has been back for the time of
 * the test's drain: until then Berty may still have them queued.
 */
export class LateLooks implements AsyncDisposable {
  readonly #deps: LateLooksDeps
  readonly #closing = new AbortController()
  readonly #looks = new Map<string, Promise<void>>()
  /** One list is read at a time. */
  #reading: Promise<unknown> = Promise.resolve()

  /** Also looks up what former daemons left in doubt. */
  constructor(deps: LateLooksDeps) {
    this.#deps = deps
    for (const { run, of } of deps.store.readDoubtful()) {
      const found = deps.store.readRun(run)?.tests.find(({ group, test }) => group === of.group && test === of.test)
      if (found) this.add(found)
    }
  }

  /** Takes a test that is done, and does nothing if all its sends have an outcome. */
  add(test: StoredTest): void {
    const { run, group, state } = test
    if (run === undefined || state !== 'done') return
    const key = JSON.stringify([run, group, test.test])
    if (this.#looks.has(key)) return
    const look = this.#lookUp({ ...test, run })
      .catch((fault: unknown) =>
        this.#deps.log.warn('a look for sends was given up', { run, reason: messageOf(fault) }),
      )
      .finally(() => this.#looks.delete(key))
    this.#looks.set(key, look)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#looks.values())
  }

  async #lookUp(test: StartedTest): Promise<void> {
    const { store, clock, onSettled } = this.#deps
    const { signal } = this.#closing
    if (new Doubts(test, store.readDoubts(test.run, test)).isEmpty) return
    for (;;) {
      await this.#untilReady(test)
      await clock.sleep(test.plan.drainMs, signal)
      if (signal.aborted || this.#readiness(test) === 'gone') return
      if (this.#readiness(test) === 'ready' && (await this.#read(test))) return onSettled()
      await clock.sleep(AGAIN_MS, signal)
    }
  }

  #read(test: StartedTest): Promise<boolean> {
    const read = this.#reading.then(() => settleDoubts(test, this.#deps, this.#closing.signal))
    this.#reading = read.catch(() => undefined)
    return read
  }

  async #untilReady(test: StartedTest): Promise<void> {
    const subscribe = (tell: () => void) => onReadiness(this.#deps, tell)
    const options = { clock: this.#deps.clock, signal: this.#closing.signal }
    await waitForFact(() => this.#readiness(test) !== 'away', subscribe, options)
  }

  /** `gone`: the group was left, and with it everything that could be read. */
  #readiness({ group }: StartedTest): 'ready' | 'away' | 'gone' {
    const { peer, groups } = this.#deps
    if (!groups.list().some(({ name }) => name === group)) return 'gone'
    return whyNotReady(peer, groups.sendingGroup(group)) === undefined ? 'ready' : 'away'
  }
}
