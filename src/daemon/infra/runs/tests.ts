import { randomUUID } from 'node:crypto'
import { SnetError } from '../../../shared/errors.js'
import type { Log } from '../../observability/index.js'
import type { Clock } from '../../../shared/clock.js'
import type { PeerLink, RunPartStatus, StartOptions, Tests, TestStatus } from '../contract/control.js'
import type { SendingGroups } from '../contract/sending-group.js'
import { MAX_RUNS, MAX_TESTS } from '../limits.js'
import { noMedia } from '../contract/no-media.js'
import { createNotifier } from '../../../shared/notifier.js'
import type { HostClock, StoredRun, StoredTest, TestName, TestPlan } from '../contract/records.js'
import type { LedgerStore, SendStore, TestStore } from '../contract/store.js'
import { Execution } from './execution.js'
import { LateLooks } from './late-looks.js'
import { readLedger } from './ledger.js'
import { checkPlan, checkStart, checkTestKey, warningOf } from './plan.js'
import { afterChange, isRunning, unknownTest } from './states.js'

export interface TestsDeps {
  readonly store: TestStore & SendStore & LedgerStore
  readonly peer: PeerLink
  readonly groups: SendingGroups
  readonly log: Log
  readonly clock: Clock
  readonly lastAnswersMs: number
}

interface Slot {
  stored: StoredTest
  execution?: Execution
}

/** The tests by group and key, and their executions. */
export class LocalTests implements Tests, AsyncDisposable {
  readonly #deps: TestsDeps
  readonly #notifier = createNotifier()
  readonly #slots = new Map<string, Slot>()
  readonly #unsubscribe: (() => void)[]
  readonly #lateLooks: LateLooks

  constructor(deps: TestsDeps) {
    this.#deps = deps
    this.#unsubscribe = [
      deps.groups.onGone((group, why) => void this.#forget({ group }, { end: 'failed', reason: why })),
      deps.groups.onChange(() => this.#notifier.grew()),
    ]
    this.#lateLooks = new LateLooks({ ...deps, onSettled: () => this.#notifier.changed() })
    for (const stored of deps.store.readTests()) {
      const slot: Slot = { stored }
      this.#slots.set(slotKey(stored), slot)
      if (isRunning(stored)) this.#execute(slot, Promise.resolve(), { isResumed: true })
    }
  }

  async define(group: string, test: string, plan: TestPlan): Promise<TestStatus> {
    this.#deps.groups.sendingGroup(group)
    checkTestKey(test)
    checkPlan(plan)
    const slot = this.#slots.get(slotKey({ group, test })) ?? { stored: { group, test, plan, state: 'planned' } }
    const stored = afterChange(slot.stored, { type: 'define', plan })
    if (!this.#slots.has(slotKey(stored)) && this.#slots.size >= MAX_TESTS) throw tooMany('tests', MAX_TESTS)
    const warning = warningOf(plan)
    if (warning !== undefined) this.#deps.log.warn(warning, { group, test, size: plan.size })
    this.#slots.set(slotKey(stored), slot)
    slot.stored = stored
    await this.#deps.store.putTest(stored)
    this.#notifier.changed()
    return this.#view(stored)
  }

  async start(group: string, test: string, options: StartOptions): Promise<TestStatus> {
    const { groups, store, clock } = this.#deps
    groups.sendingGroup(group)
    const slot = this.#slots.get(slotKey({ group, test }))
    if (!slot) throw unknownTest({ group, test })
    const { run = randomUUID(), amount, waitFor = [], waitMs = 60_000, at = 0, names, self } = options
    const before = slot.stored
    checkStart(options, { nowUs: clock.nowUs(), planned: before.definedAmount ?? before.plan.amount })
    const start = { waitFor, waitMs, at, ...(names && { names }), ...(self !== undefined && { self }) }
    const change = { type: 'start', run, at: clock.nowUs(), amount, start, sentAsText: false } as const
    const planned = afterChange(before, change)
    this.#checkRun(run, planned)
    const sentAsText = this.#mustSendAsText(planned)
    slot.stored = sentAsText ? { ...planned, sentAsText } : planned
    const begun = store.putTest(slot.stored)
    this.#execute(slot, begun, { isResumed: false })
    try {
      await begun
    } catch (fault) {
      slot.stored = before
      throw fault
    }
    this.#notifier.changed()
    return this.#view(slot.stored)
  }

  async stop(which: { group?: string; test?: string }): Promise<TestStatus[]> {
    const slots = this.#which(which)
    const executions = slots.flatMap(({ execution }) => execution ?? [])
    for (const execution of executions) execution.stop({ end: 'stopped' })
    await Promise.all(executions.map(({ finished }) => finished))
    return slots.map(({ stored }) => this.#view(stored))
  }

  list(which: { group?: string; test?: string }): TestStatus[] {
    return this.#which(which).map(({ stored }) => this.#view(stored))
  }

  onChange(listener: () => void): () => void {
    return this.#notifier.onChange(listener)
  }

  runs({ limit, withTests }: { limit: number; withTests: boolean }): ReturnType<Tests['runs']> {
    const all = this.#deps.store.readRuns()
    const runs = withTests ? all.filter(({ tests }) => tests.length > 0) : all
    return (limit > 0 ? runs.slice(0, limit) : runs).map((run) => ({
      ...run,
      tests: run.tests.map((test) => this.#view(test)),
    }))
  }

  part(run: string | undefined): RunPartStatus {
    const { store, groups } = this.#deps
    const found = run === undefined ? newestOf(store.readRuns()) : store.readRun(run)
    if (!found)
      throw new SnetError('not-found', run === undefined ? 'no run is known here' : `no run ${run} is known here`)
    const ownKeys = new Map(groups.list().map((group) => [group.name, group]))
    const names = groupsOf(found)
    return {
      ...{ run: found.run, startedAt: found.startedAt, endedAt: found.endedAt },
      groups: [...ownKeys.values()].filter(({ name }) => names.has(name)),
      tests: found.tests.map((test) => {
        const { member, device } = ownKeys.get(test.group) ?? {}
        const epochs = store.readEpochs(found.run, test)
        return { test: this.#view(test), ...(member && { member }), ...(device && { device }), epochs }
      }),
      clocks: store.readClocks(found.run),
    }
  }

  async keepClocks(run: string, clocks: readonly HostClock[]): Promise<HostClock[]> {
    const { store } = this.#deps
    const found = store.readRun(run)
    if (!found) throw new SnetError('not-found', `no run ${run} is known here`)
    // Any member of a group can name a run, so nothing more is stored for runs that are only received.
    if (found.tests.length === 0) throw new SnetError('wrong-state', `nothing of the run ${run} is sent here`)
    if (found.endedAt === undefined) throw new SnetError('wrong-state', `the run ${run} is not over here`)
    return await store.keepClocks(run, clocks)
  }

  ledger(run: string): ReturnType<Tests['ledger']> {
    const { store, groups } = this.#deps
    return readLedger({ store, groupNames: groups.list().map(({ name }) => name) }, run)
  }

  /** Stops and forgets every test; runs stay until the store is cleared. Returns how many were running. */
  async forgetAll(): Promise<number> {
    const running = [...this.#slots.values()].filter(({ stored }) => isRunning(stored)).length
    await this.#forget({}, { end: 'stopped', reason: 'everything was reset' })
    return running
  }

  /** Running tests go on after the next start of the daemon. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
    this.#notifier.close()
    const executions = [...this.#slots.values()].flatMap(({ execution }) => execution ?? [])
    for (const execution of executions) execution.stop()
    await Promise.allSettled(executions.map(({ finished }) => finished))
    await this.#lateLooks[Symbol.asyncDispose]()
  }

  #execute(slot: Slot, begun: Promise<void>, how: { isResumed: boolean }): void {
    const { stored } = slot
    const onMove = (test: StoredTest): void => {
      slot.stored = test
      this.#notifier.changed()
    }
    const deps = { ...this.#deps, onMove, onSend: () => this.#notifier.grew() }
    const execution = new Execution({ ...stored, run: stored.run ?? '' }, deps, begun, how)
    slot.execution = execution
    const forget = (): void => {
      if (slot.execution !== execution) return
      delete slot.execution
      this.#lateLooks.add(slot.stored)
    }
    execution.finished.then(forget, forget)
  }

  async #forget(which: { group?: string }, cut: { end: 'stopped' | 'failed'; reason: string }): Promise<void> {
    const slots = this.#which(which)
    const executions = slots.flatMap(({ execution }) => execution ?? [])
    for (const execution of executions) execution.stop(cut)
    await Promise.allSettled(executions.map(({ finished }) => finished))
    for (const slot of slots) {
      // Keeps a test that was meanwhile defined anew in a new group of that name.
      if (this.#slots.get(slotKey(slot.stored)) === slot) this.#slots.delete(slotKey(slot.stored))
      await this.#deps.store
        .deleteTest(slot.stored)
        .catch((fault) => this.#deps.log.error('a test was not deleted', { fault }))
    }
    this.#notifier.changed()
  }

  #which({ group, test }: { group?: string; test?: string }): Slot[] {
    return [...this.#slots.values()].filter(
      ({ stored }) => (group === undefined || stored.group === group) && (test === undefined || stored.test === test),
    )
  }

  #checkRun(run: string, of: TestName): void {
    const { store } = this.#deps
    const known = store.readRun(run)
    if (known?.tests.some(({ group, test }) => group === of.group && test === of.test))
      throw new SnetError('already-exists', `test ${of.test} in group ${of.group} was part of the run ${run} already`, {
        hint: 'Start it in another run, or leave the run out and have one made.',
      })
    if (!known?.tests.length && store.countRuns() >= MAX_RUNS) throw tooMany('runs', MAX_RUNS)
  }

  /** Error: `wrong-state` where it cannot be sent at all. */
  #mustSendAsText({ plan }: StoredTest): boolean {
    const { details } = this.#deps.peer.current()
    if (plan.type === 'text' || details.hasMedia) return false
    if (plan.mediaAsText) return true
    throw noMedia(details.era)
  }

  #view(stored: StoredTest): TestStatus {
    const counts = stored.run === undefined ? undefined : this.#deps.store.readCounts(stored.run, stored)
    return {
      ...stored,
      isRunning: isRunning(stored),
      sent: counts?.sent ?? 0,
      sendErrors: counts?.errors ?? 0,
      sentUnknown: counts?.unknown ?? 0,
      acknowledged: counts?.acknowledged ?? 0,
    }
  }
}

const slotKey = ({ group, test }: TestName): string => `${group}\0${test}`

/** The newest run in which this daemon sends, if there is one; other runs may be named by any member of a group. */
const newestOf = (runs: readonly StoredRun[]): StoredRun | undefined =>
  runs.find(({ tests }) => tests.length > 0) ?? runs[0]

const groupsOf = ({ tests, receivedIn }: StoredRun): Set<string> =>
  new Set([...tests.map(({ group }) => group), ...receivedIn])

const tooMany = (what: string, limit: number): SnetError =>
  new SnetError('wrong-state', `${limit} ${what} are kept here already, which is the limit`, {
    hint: 'A reset deletes groups, tests and runs.',
  })
