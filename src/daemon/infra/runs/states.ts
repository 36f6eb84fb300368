import { SnetError } from '../../../shared/errors.js'
import type { StoredTest, TestEnd, TestName, TestPlan, Wait } from '../contract/records.js'

/** Everything that can happen to a test. Times are microseconds since 1970. */
export type Change =
  | { readonly type: 'define'; readonly plan: TestPlan }
  | {
      readonly type: 'start'
      readonly run: string
      readonly at: number
      /** Replaces the plan's own amount. */
      readonly amount: number | undefined
      readonly sentAsText: boolean
      readonly start: StoredTest['start']
    }
  | { readonly type: 'ready' }
  | { readonly type: 'cannot-send'; readonly reason: string; readonly at: number }
  | { readonly type: 'can-send'; readonly at: number }
  | { readonly type: 'all-sent'; readonly at: number }
  | { readonly type: 'end'; readonly end: TestEnd; readonly at: number; readonly reason?: string | undefined }

export type StartedTest = StoredTest & { readonly run: string }

export const isRunning = ({ state }: Pick<StoredTest, 'state'>): boolean => state !== 'planned' && state !== 'done'

/** The texts that older controllers look for. */
export const unknownTest = ({ group, test }: TestName): SnetError =>
  new SnetError('not-found', `test does not exist: ${test} in group ${group}`)

export const testInProgress = ({ group, test }: TestName): SnetError =>
  new SnetError('already-exists', `test already in progress: ${test} in group ${group}`, {
    hint: 'Stop it first, or wait for its end.',
  })

/** The most waits that are kept; the oldest are forgotten first. */
const MAX_WAITS = 100

/** planned → preparing → running (⇄ waiting) → draining → done: the one place where a test moves. */
export function afterChange(test: StoredTest, change: Change): StoredTest {
  switch (change.type) {
    case 'define':
      if (isRunning(test)) throw testInProgress(test)
      return { group: test.group, test: test.test, plan: change.plan, state: 'planned' }
    case 'start':
      if (isRunning(test)) throw testInProgress(test)
      return afterStart(test, change)
    case 'ready':
      return { ...requireState(test, 'preparing', change), state: 'running' }
    case 'cannot-send': {
      const { reason, at: since } = change
      const waits = [...(requireState(test, 'running', change).waits ?? []), { since, reason }].slice(-MAX_WAITS)
      return { ...test, state: 'waiting', waits }
    }
    case 'can-send':
      return { ...requireState(test, 'waiting', change), state: 'running', ...waitsUntil(test, change.at) }
    case 'all-sent':
      if (test.state !== 'waiting') requireState(test, 'running', change)
      return { ...test, state: 'draining', drainingSince: change.at, ...waitsUntil(test, change.at) }
    case 'end': {
      if (!isRunning(test)) throw impossible(test, change)
      const { end, at, reason } = change
      return {
        ...test,
        state: 'done',
        end,
        endedAt: at,
        ...waitsUntil(test, at),
        ...(reason !== undefined && { reason }),
      }
    }
  }
}

/** Ends a wait that lasts. */
function waitsUntil({ waits }: StoredTest, until: number): { waits?: readonly Wait[] } {
  return waits ? { waits: waits.map((wait) => (wait.until === undefined ? { ...wait, until } : wait)) } : {}
}

function afterStart(test: StoredTest, { run, at, amount, sentAsText, start }: Change & { type: 'start' }): StoredTest {
  const defined = test.definedAmount ?? test.plan.amount
  return {
    group: test.group,
    test: test.test,
    plan: { ...test.plan, amount: amount ?? defined },
    state: 'preparing',
    run,
    startedAt: at,
    ...(amount !== undefined && { definedAmount: defined }),
    ...(sentAsText && { sentAsText }),
    ...(start && { start }),
  }
}

function requireState(test: StoredTest, state: StoredTest['state'], change: Change): StoredTest {
  if (test.state !== state) throw impossible(test, change)
  return test
}

const impossible = (test: StoredTest, { type }: Change): SnetError =>
  new SnetError('bug', `a test that is ${test.state} cannot take "${type}"`)
