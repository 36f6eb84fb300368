import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StoredTest } from '../../../../../src/daemon/infra/contract/records.js'
import { afterChange, type Change, isRunning } from '../../../../../src/daemon/infra/runs/states.js'
import { aPlan, aTest } from '../../../../support/infra-builders.js'

const start = { type: 'start', run: 'r', at: 1, amount: undefined, sentAsText: false, start: undefined } as const
const change: fc.Arbitrary<Change> = fc.constantFrom<Change>(
  { type: 'define', plan: aPlan({ size: 7 }) },
  start,
  { type: 'ready' },
  { type: 'all-sent', at: 4 },
  { type: 'end', end: 'completed', at: 2 },
  { type: 'end', end: 'failed', at: 2, reason: 'why' },
)
const ORDER: StoredTest['state'][] = ['planned', 'preparing', 'running', 'draining', 'done']

/** What is not possible is refused, and changes nothing. */
function applied(test: StoredTest, next: Change): StoredTest {
  try {
    return afterChange(test, next)
  } catch {
    return test
  }
}

test('whatever happens, a test moves forward only, and every end brings a running one to done', () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      let current = aTest()
      for (const next of changes) {
        const before = current
        current = applied(before, next)
        if (current === before || next.type === 'define') continue
        if (next.type === 'start') expect(current.state).toBe('preparing')
        else if (next.type === 'end') expect(current).toMatchObject({ state: 'done', end: next.end, endedAt: 2 })
        else expect(ORDER.indexOf(current.state)).toBe(ORDER.indexOf(before.state) + 1)
      }
      if (isRunning(current)) expect(afterChange(current, { type: 'end', end: 'stopped', at: 3 }).state).toBe('done')
    }),
  )
})

test('a test that runs is neither started nor defined anew; one that is done can be both', () => {
  const running = aTest({ state: 'running', run: 'r' })
  const inProgress = { kind: 'already-exists', message: 'test already in progress: 0 in group g' }
  for (const next of [start, { type: 'define', plan: aPlan() } as const])
    expect(() => afterChange(running, next)).toThrow(expect.objectContaining(inProgress))
  const done = aTest({ state: 'done', end: 'failed', reason: 'why', endedAt: 2, run: 'r' })
  expect(afterChange(done, { ...start, run: 'r2' })).toEqual({
    ...{ group: 'g', test: '0', plan: aPlan(), state: 'preparing', run: 'r2', startedAt: 1 },
  })
})

test('an amount given with the start counts for that start', () => {
  const once = afterChange(aTest({ plan: aPlan({ amount: 3 }) }), { ...start, amount: 50 })
  expect([once.plan.amount, once.definedAmount]).toEqual([50, 3])
  const done = afterChange(once, { type: 'end', end: 'stopped', at: 2 })
  const again = afterChange(done, start)
  expect([again.plan.amount, again.definedAmount]).toEqual([3, undefined])
})
