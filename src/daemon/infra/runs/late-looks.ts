import type { Clock } from '../../../shared/clock.js'
import { messageOf } from '../../../shared/errors.js'
import type { PeerLink } from '../contract/control.js'
import type { StoredTest } from '../contract/records.js'
import type { SendingGroups } from '../contract/sending-group.js'
import type { SendStore, TestStore } from '../contract/store.js'
import { LastLook, type RunningTest } from './last-look.js'
import { lookUpSends, type LookUpDeps } from './look-up.js'
import { whyNotReady } from './readiness.js'
import { waitForFact } from './wait-for-fact.js'

interface LateLooksDeps extends LookUpDeps {
  readonly store: LookUpDeps['store'] & Pick<SendStore, 'readDoubtful'> & Pick<TestStore, 'readRun'>
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
    if (!new LastLook({ ...test, run }, this.#deps.store.readDoubts(run, test)).isNeeded) return
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

  async #lookUp(test: RunningTest): Promise<void> {
    const { clock, onSettled } = this.#deps
    const { signal } = this.#closing
    for (;;) {
      await this.#untilReady(test)
      await clock.sleep(test.plan.drainMs, signal)
      if (signal.aborted || this.#readiness(test) === 'gone') return
      if (this.#readiness(test) === 'ready' && (await this.#read(test))) return onSettled()
      await clock.sleep(AGAIN_MS, signal)
    }
  }

  #read(test: RunningTest): Promise<boolean> {
    const read = this.#reading.then(() => lookUpSends(test, this.#deps, this.#closing.signal))
    this.#reading = read.catch(() => undefined)
    return read
  }

  async #untilReady(test: RunningTest): Promise<void> {
    const { peer, groups, clock } = this.#deps
    const subscribe = (tell: () => void): (() => void) => {
      const stops = [peer.onChange(tell), groups.onChange(tell)]
      return () => stops.forEach((stop) => stop())
    }
    const signal = this.#closing.signal
    await waitForFact(() => this.#readiness(test) !== 'away', subscribe, { clock, signal })
  }

  /** `gone`: the group was left, and with it everything that could be read. */
  #readiness({ group }: RunningTest): 'ready' | 'away' | 'gone' {
    const { peer, groups } = this.#deps
    if (!groups.list().some(({ name }) => name === group)) return 'gone'
    return whyNotReady(peer, groups.sendingGroup(group)) === undefined ? 'ready' : 'away'
  }
}
