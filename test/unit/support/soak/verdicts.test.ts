import { describe, expect, test } from 'vitest'
import type { Mark, Soaked } from '../../../support/soak/soak.js'
import { judgeSoak } from '../../../support/soak/verdicts.js'

const noise = (at: number, share: number): number => 1 + share * Math.sin(at * 2.4)

/** Readings of a gate that nothing is wrong with, on a machine where other work comes and goes. */
function marksOf(count: number, change: (mark: Mark, at: number) => Partial<Mark> = () => ({})): Mark[] {
  return Array.from({ length: count }, (_none, at) => {
    const others = noise(at, 0.3)
    const mark: Mark = {
      calls: (at + 1) * 1_000_000,
      seconds: at * 60,
      residentMiB: 140 * noise(at, 0.03),
      heapMiB: 20 * noise(at, 0.01),
      externalMiB: 5 * noise(at, 0.02),
      files: 30,
      handles: 20,
      cpuSeconds: at,
      cpuMicros: 60 * others,
      yardstickMicros: 40_000 * others,
      p50Micros: 3_000 * others,
      p99Micros: 9_000 * others,
      besideP50Micros: 1_000 * others,
      besideP99Micros: 4_000 * others,
      callsInFlight: 0,
      paid: { committed: 600, open: 0 },
      errors: [],
    }
    return { ...mark, ...change(mark, at) }
  })
}

const counts = { answered: 100, givenUp: 10, failed: 0 }
const MADE: Soaked['made'] = { calls: 1, quickFailed: 0, quickPaid: 500, odd: counts, paid: counts }
const failed = (marks: Mark[], made = MADE, broken?: string): string[] =>
  judgeSoak({ marks, made, broken })
    .filter(({ holds }) => holds === false)
    .map(({ fact }) => fact)
const EACH = 1_000_000 / 2 ** 20

test('a gate that stays as it is passes, on a machine that does not', () => {
  expect(failed(marksOf(24))).toEqual([])
  expect(judgeSoak({ marks: marksOf(24), made: MADE, broken: undefined }).every(({ holds }) => holds)).toBe(true)
})

describe('over 24 readings, what grows slowly is seen before it is large', () => {
  test.each<[string, (mark: Mark, at: number) => Partial<Mark>, RegExp]>([
    ['a byte of each call in the heap', ({ heapMiB }, at) => ({ heapMiB: heapMiB + at * EACH }), /^heapMiB grows/],
    ['one outside of it', ({ externalMiB }, at) => ({ externalMiB: externalMiB + at * EACH }), /^externalMiB grows/],
    ['two of native memory', ({ residentMiB }, at) => ({ residentMiB: residentMiB + at * 2 * EACH }), /^residentMiB/],
    ['a file for three million calls', ({ files }, at) => ({ files: files + at / 3 }), /^files/],
    ['twice the work', ({ cpuMicros }, at) => ({ cpuMicros: cpuMicros * (1 + at / 20) }), /^processor time/],
    ['half the calls later', ({ p50Micros }, at) => ({ p50Micros: p50Micros * (1 + at / 15) }), /^time in which half/],
    ['some calls late', ({ p99Micros }, at) => ({ p99Micros: p99Micros * (1 + at / 10) }), /^time in which all but/],
  ])('%s', (_what, change, fact) => {
    expect(failed(marksOf(24, change))).toContainEqual(expect.stringMatching(fact))
  })
})

test('what is miscounted, left open or broken is told', () => {
  const last = (change: Partial<Mark>) => marksOf(9, (_mark, at) => (at === 8 ? change : {}))
  expect(failed(last({ paid: { committed: 599, open: 0 } }))).toEqual([expect.stringContaining('is paid')])
  expect(failed(last({ paid: { committed: 611, open: 0 } }))).toEqual([expect.stringContaining('is paid')])
  expect(failed(last({ paid: { committed: 605, open: 1 } }))).toEqual([expect.stringContaining('stays open')])
  expect(failed(last({ callsInFlight: 1 }))).toEqual(['no call stays in flight'])
  expect(failed(last({ errors: ['oh'] }))).toEqual(['nothing is in the log as an error'])
  expect(failed(marksOf(9), { ...MADE, quickFailed: 1 })).toEqual(['no call failed'])
  expect(failed(marksOf(9), MADE, 'the gate has ended')).toEqual(['it ran to its end'])
  expect(failed([])).toEqual(['something was read'])
})

test('too few readings for a drift are no pass of it', () => {
  const verdicts = judgeSoak({ marks: marksOf(7), made: MADE, broken: undefined })
  expect(verdicts.filter(({ holds }) => holds === undefined)).toHaveLength(4)
  expect(verdicts.filter(({ holds }) => holds === false)).toEqual([])
})
