import { linkAbort } from '../../../shared/abort.js'
import { messageOf } from '../../../shared/errors.js'
import type { Log } from '../../observability/index.js'
import type { PeerLink } from '../contract/control.js'
import type { SendingGroups } from '../contract/sending-group.js'
import type { StoredTest, TestEnd } from '../contract/records.js'
import { drain, longestDrainMs } from './drain.js'
import { notReady } from './not-ready.js'
import { onReadiness, whyNotReady } from './readiness.js'
import { sendAll } from './schedule.js'
import { Sending, type SendingDeps } from './sending.js'
import { settleDoubts, settleFound } from './settle-doubts.js'
import { afterChange, type Change, type StartedTest } from './states.js'
import { waitForFact } from './wait-for-fact.js'

export interface ExecutionDeps extends SendingDeps {
  readonly groups: SendingGroups
  readonly peer: PeerLink
  readonly log: Log
  /** How long sends under way may take for their outcome when a test is stopped. */
  readonly lastAnswersMs: number
  /** A new state is on disk. */
  readonly onMove: (test: StoredTest) => void
  /** Something was sent. */
  readonly onSend: () => void
}

/** How long the last look of a stopped test may take: it reads the list for sends without an outcome. */
const STOPPED_LOOK_MS = 20_000
/** Between two tries to read it while Berty is away. */
const LOOK_AGAIN_MS = 1_000
const DEFAULT_WAIT_MS = 60_000

/** Why an execution is cut short; undefined: the daemon stops, and the test goes on after its next start. */
interface Cut {
  readonly end: TestEnd
  readonly reason?: string
}

/** One execution of a test to its end, from its start or from where a former daemon left it. */
export class Execution {
  readonly finished: Promise<void>
  #test: StartedTest
  readonly #deps: ExecutionDeps
  /** Nothing new is begun. */
  readonly #stopping = new AbortController()
  /** What is under way is not waited for either. */
  readonly #givingUp = new AbortController()
  /** The daemon stops: the test goes on after its next start. */
  readonly #leaving = new AbortController()
  #moving: Promise<void> = Promise.resolve()
  /** The search for sends that a former daemon left in doubt; it runs beside everything else. */
  #finding: Promise<void> = Promise.resolve()
  #cut: Cut | undefined

  /** @param begun resolves when the test's first state is on disk */
  constructor(test: StartedTest, deps: ExecutionDeps, begun: Promise<void>, { isResumed }: { isResumed: boolean }) {
    this.#test = test
    this.#deps = deps
    this.finished = begun.then(() => this.#run(isResumed))
  }

  /** Nothing more is sent. What is under way is given up, at once when the daemon stops. */
  stop(cut?: Cut): void {
    if (!cut) {
      this.#leaving.abort()
      this.#givingUp.abort()
    }
    if (this.#stopping.signal.aborted) return
    this.#cut = cut
    this.#stopping.abort()
    const { clock, lastAnswersMs } = this.#deps
    void clock.sleep(lastAnswersMs, this.#givingUp.signal).then(() => this.#givingUp.abort())
  }

  async #run(isResumed: boolean): Promise<void> {
    try {
      if (isResumed) await this.#takeUp()
      if (this.#is('preparing')) await this.#prepare()
      if (this.#is('running') || this.#is('waiting')) await this.#send()
      if (this.#is('draining')) await drain(this.#test, this.#deps, this.#stopping.signal)
      if (!this.#isLeft) await this.#lookUp()
      if (!this.#isLeft) await this.#end(this.#cut ?? { end: 'completed' })
    } catch (fault) {
      await this.#fail(fault)
    } finally {
      this.#givingUp.abort()
    }
  }

  /** Whether its end is left to the next daemon. */
  get #isLeft(): boolean {
    return this.#leaving.signal.aborted && !this.#cut
  }

  #is(state: StoredTest['state']): boolean {
    return this.#test.state === state && !this.#stopping.signal.aborted
  }

  /** Sends under way when the former daemon ended may be out or not. */
  async #takeUp(): Promise<void> {
    const { store, log } = this.#deps
    const { group, test, run, state } = this.#test
    const unknown = await store.settleSends(run)
    log.warn('a test that the former daemon was running goes on', { group, test, run, state, sends_unknown: unknown })
    this.#finding = this.#findSends()
    // The time for getting ready starts only when Berty is there.
    if (state === 'preparing') await this.#untilReady(this.#stopping.signal)
  }

  /** Settles the sends that are in Berty's list as soon as Berty is there; others may still be queued. */
  async #findSends(): Promise<void> {
    const { signal } = this.#stopping
    try {
      await this.#untilReady(signal)
      if (!signal.aborted) await settleFound(this.#test, this.#deps, signal)
    } catch (fault) {
      const { group, test, run } = this.#test
      this.#deps.log.warn('sends of a former daemon are looked up later', {
        ...{ group, test, run, reason: messageOf(fault) },
      })
    }
    this.#deps.onSend()
  }

  /** The last look at sends without an outcome: what Berty may have queued is in its list by now, or never will be. */
  async #lookUp(): Promise<void> {
    await this.#finding
    const { clock } = this.#deps
    const leftMs = this.#cut ? STOPPED_LOOK_MS : Math.max(STOPPED_LOOK_MS, longestDrainMs(this.#test.plan))
    const over = new AbortController()
    using _linked = linkAbort(over, this.#leaving.signal)
    void clock.sleep(leftMs, over.signal).then(() => over.abort())
    try {
      while (!(await settleDoubts(this.#test, this.#deps, over.signal))) {
        if (this.#cut || over.signal.aborted) return
        await clock.sleep(LOOK_AGAIN_MS, over.signal)
      }
    } finally {
      over.abort()
    }
  }

  async #prepare(): Promise<void> {
    const { groups, clock } = this.#deps
    const { start = { waitFor: [], waitMs: DEFAULT_WAIT_MS, at: 0 } } = this.#test
    const missing = () => groups.sendingGroup(this.#test.group).missing(start.waitFor)
    const isReady = await waitForFact(
      () => missing().length === 0,
      (tell) => groups.onChange(tell),
      { clock, signal: this.#stopping.signal, limitMs: start.waitMs },
    )
    if (this.#stopping.signal.aborted) return
    if (!isReady) throw notReady(missing(), start)
    await clock.sleep((start.at - clock.nowUs()) / 1_000, this.#stopping.signal)
    if (!this.#stopping.signal.aborted) await this.#move({ type: 'ready' })
  }

  async #send(): Promise<void> {
    const { store, clock, onSend } = this.#deps
    const signals = { stop: this.#stopping.signal, giveUp: this.#givingUp.signal }
    const unsubscribe = onReadiness(this.#deps, () => this.#followReadiness())
    try {
      this.#followReadiness()
      await this.#untilReady(signals.stop)
      const sending = this.#openSending()
      const first = (store.lastSequence(this.#test.run, this.#test) ?? 0) + 1
      const send = async (sequence: number): Promise<void> => {
        await sending.send(sequence, signals)
        onSend()
      }
      await sendAll(this.#test.plan, { first, last: this.#test.plan.amount, signal: signals.stop }, send, clock)
    } finally {
      unsubscribe()
      await this.#moving
    }
    await store.flush()
    if (!signals.stop.aborted) await this.#move({ type: 'all-sent', at: clock.nowUs() })
  }

  #openSending(): Sending {
    const group = this.#deps.groups.sendingGroup(this.#test.group)
    const deps = {
      ...this.#deps,
      whyNotReady: () => whyNotReady(this.#deps.peer, group),
      untilReady: (signal: AbortSignal) => this.#untilReady(signal),
    }
    return new Sending(this.#test, group, deps, (fault) => this.stop({ end: 'failed', reason: messageOf(fault) }))
  }

  #whyNotReady(): string | undefined {
    return whyNotReady(this.#deps.peer, this.#deps.groups.sendingGroup(this.#test.group))
  }

  async #untilReady(signal: AbortSignal): Promise<void> {
    const subscribe = (tell: () => void) => onReadiness(this.#deps, tell)
    await waitForFact(() => signal.aborted || this.#whyNotReady() === undefined, subscribe, {
      clock: this.#deps.clock,
      signal,
    })
  }

  /** Moves between waiting and running as readiness changes, one change after another. */
  #followReadiness(): void {
    this.#moving = this.#moving.then(async () => {
      if (this.#stopping.signal.aborted) return
      const reason = this.#whyNotReady()
      const at = this.#deps.clock.nowUs()
      if (reason !== undefined && this.#is('running')) await this.#move({ type: 'cannot-send', reason, at })
      if (reason === undefined && this.#is('waiting')) await this.#move({ type: 'can-send', at })
    })
    this.#moving.catch((fault: unknown) => this.stop({ end: 'failed', reason: messageOf(fault) }))
  }

  async #end({ end, reason }: Cut): Promise<void> {
    // A listener that hears of the end must find everything in the store.
    await this.#deps.store.flush()
    await this.#move({ type: 'end', end, reason, at: this.#deps.clock.nowUs() })
  }

  async #fail(fault: unknown): Promise<void> {
    const reason = messageOf(fault)
    const { group, test, run } = this.#test
    this.#deps.log.error('a test failed', { group, test, run, reason })
    this.#stopping.abort()
    const change: Change = { type: 'end', end: 'failed', reason, at: this.#deps.clock.nowUs() }
    try {
      await this.#move(change)
    } catch (worse) {
      // The end cannot be stored, but whoever asks this process is told of it.
      this.#deps.log.error('the end of a test could not be written', { group, test, run, reason: messageOf(worse) })
      this.#tell(afterChange(this.#test, change))
    }
  }

  /** Stores a state before anybody is told of it. */
  async #move(change: Change): Promise<void> {
    const next = afterChange(this.#test, change)
    await this.#deps.store.putTest(next)
    this.#tell(next)
  }

  #tell(next: StoredTest): void {
    this.#test = { ...next, run: this.#test.run }
    this.#deps.onMove(this.#test)
  }
}
