import { linkAbort } from '../../../shared/abort.js'
import { messageOf, SnetError } from '../../../shared/errors.js'
import type { Log } from '../../observability/index.js'
import type { PeerLink } from '../contract/control.js'
import type { SendingGroups } from '../contract/sending-group.js'
import type { StoredTest, TestEnd } from '../contract/records.js'
import { drain } from './drain.js'
import { sendAll } from './schedule.js'
import { Sending, type SendingDeps } from './sending.js'
import { afterChange, type Change } from './states.js'

export interface ExecutionDeps extends SendingDeps {
  readonly groups: SendingGroups
  readonly peer: PeerLink
  readonly log: Log
  /** A new state is on disk. */
  readonly onMove: (test: StoredTest) => void
  /** Something was sent. */
  readonly onSend: () => void
}

type Running = StoredTest & { readonly run: string }

/** After a restart of the daemon its Berty is given so long to be connected before sends fail for want of it. */
const RECONNECT_MS = 15_000
const DEFAULT_WAIT_MS = 60_000

/** Why an execution is cut short; undefined: the daemon stops, and the test goes on after its next start. */
interface Cut {
  readonly end: TestEnd
  readonly reason?: string
}

/** One execution of a test from its start, or from where a daemon that is gone had brought it, to its end. */
export class Execution {
  readonly finished: Promise<void>
  #test: Running
  readonly #deps: ExecutionDeps
  readonly #stopping = new AbortController()
  #cut: Cut | undefined

  /** @param begun resolves when the test's first state is on disk */
  constructor(test: Running, deps: ExecutionDeps, begun: Promise<void>, { isResumed }: { isResumed: boolean }) {
    this.#test = test
    this.#deps = deps
    this.finished = begun.then(() => this.#run(isResumed))
  }

  /** At once: what is under way is given up. */
  stop(cut?: Cut): void {
    if (this.#stopping.signal.aborted) return
    this.#cut = cut
    this.#stopping.abort()
  }

  async #run(isResumed: boolean): Promise<void> {
    try {
      if (isResumed) await this.#takeUp()
      if (this.#is('preparing')) await this.#prepare()
      if (this.#is('running')) await this.#send()
      if (this.#is('draining')) await drain(this.#test, this.#deps, this.#stopping.signal)
      if (!this.#stopping.signal.aborted) await this.#end({ end: 'completed' })
      else if (this.#cut) await this.#end(this.#cut)
    } catch (fault) {
      await this.#fail(fault)
    }
  }

  #is(state: StoredTest['state']): boolean {
    return this.#test.state === state && !this.#stopping.signal.aborted
  }

  /** What was being sent when the former daemon ended may be out or not. */
  async #takeUp(): Promise<void> {
    const { store, log, peer } = this.#deps
    const { group, test, run, state } = this.#test
    const unknown = await store.settleSends(run)
    log.warn('a test that the former daemon was running goes on', { group, test, run, state, sends_unknown: unknown })
    const isConnected = (): boolean => peer.state.state === 'connected'
    if (state !== 'draining') await this.#until(isConnected, (tell) => peer.onChange(tell), RECONNECT_MS)
  }

  async #prepare(): Promise<void> {
    const { groups, clock } = this.#deps
    const { waitFor = [], waitMs = DEFAULT_WAIT_MS, at = 0 } = this.#test.start ?? {}
    const missing = () => groups.sendingGroup(this.#test.group).missing(waitFor)
    const isReady = await this.#until(
      () => missing().length === 0,
      (tell) => groups.onChange(tell),
      waitMs,
    )
    if (this.#stopping.signal.aborted) return
    if (!isReady) throw notReady(missing(), waitMs)
    await clock.sleep((at - clock.nowUs()) / 1_000, this.#stopping.signal)
    if (!this.#stopping.signal.aborted) await this.#move({ type: 'ready' })
  }

  async #send(): Promise<void> {
    const { groups, store, clock, onSend } = this.#deps
    const { signal } = this.#stopping
    const fail = (fault: unknown): void => this.stop({ end: 'failed', reason: messageOf(fault) })
    const sending = new Sending(this.#test, groups.sendingGroup(this.#test.group), this.#deps, fail)
    const first = (store.lastSequence(this.#test.run, this.#test) ?? 0) + 1
    const course = { first, last: this.#test.plan.amount, signal }
    const send = async (sequence: number): Promise<void> => {
      await sending.send(sequence, signal)
      onSend()
    }
    await sendAll(this.#test.plan, course, send, clock)
    await store.flush()
    if (!signal.aborted) await this.#move({ type: 'all-sent', at: clock.nowUs() })
  }

  async #end({ end, reason }: Cut): Promise<void> {
    // Whoever hears of the end is to find everything in the store.
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
      // The disk cannot be told; whoever asks this process can.
      this.#deps.log.error('the end of a test could not be written', { group, test, run, reason: messageOf(worse) })
      this.#tell(afterChange(this.#test, change))
    }
  }

  /** A state is on disk before anybody is told. */
  async #move(change: Change): Promise<void> {
    const next = afterChange(this.#test, change)
    await this.#deps.store.putTest(next)
    this.#tell(next)
  }

  #tell(next: StoredTest): void {
    this.#test = { ...next, run: this.#test.run }
    this.#deps.onMove(this.#test)
  }

  /** Waits for a fact that is told of. False when it did not come in time, or the test is stopped. */
  async #until(fact: () => boolean, subscribe: (tell: () => void) => () => void, limitMs: number): Promise<boolean> {
    if (fact()) return true
    const over = new AbortController()
    using _linked = linkAbort(over, this.#stopping.signal)
    let isTold = false
    const unsubscribe = subscribe(() => {
      if (!fact()) return
      isTold = true
      over.abort()
    })
    try {
      await this.#deps.clock.sleep(limitMs, over.signal)
    } finally {
      unsubscribe()
    }
    return isTold
  }
}

const NAMED = 5

function notReady(missing: readonly { device: string; why: string }[], waitMs: number): SnetError {
  const named = missing.slice(0, NAMED).map(({ device, why }) => `device ${device} ${why}`)
  if (missing.length > NAMED) named.push(`${missing.length - NAMED} more`)
  return new SnetError('timed-out', `not ready within ${waitMs / 1_000} s: ${named.join('; ')}`)
}
