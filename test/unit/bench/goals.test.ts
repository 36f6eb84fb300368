import { describe, expect, it } from 'vitest'
import { compareRatios, toRatios } from '../../../bench/suite/baseline.js'
import { type Goal, judgeGoals } from '../../../bench/suite/goals.js'
import type { Measured } from '../../../bench/suite/figures.js'

const at = (target: string) => ({ part: 'p', shape: 's', target, figure: 'cpu' as const })
const measured: Measured[] = [
  { ...at('ours'), values: [30, 20, 28] },
  { ...at('theirs'), values: [10, 20, 16] },
  { ...at('both'), values: [4, 4, 4] },
]
const goal: Goal = { name: 'ours to theirs', of: at('ours'), over: at('theirs'), limit: 1.75 }

describe('a goal', () => {
  it('is the ratio of two medians, with the ratios of single rounds beside it', () => {
    expect(judgeGoals(measured, [goal])).toEqual([{ goal, value: { median: 1.75, least: 1, most: 3 }, isMet: true }])
  })

  it('is missed over its bound, or below one that is to be reached', () => {
    const met = (changes: Partial<Goal>) => judgeGoals(measured, [{ ...goal, ...changes }])[0]?.isMet
    expect([met({ limit: 1.74 }), met({ limit: 1.76 })]).toEqual([false, true])
    expect([met({ limit: 1.74, isAtLeast: true }), met({ limit: 1.76, isAtLeast: true })]).toEqual([true, false])
  })

  it('may leave out what both have in common', () => {
    expect(judgeGoals(measured, [{ ...goal, without: at('both') }])[0]?.value?.median).toBe(2)
  })

  it('is not judged by somebody who added less than nothing', () => {
    const noisy = { ...at('noisy'), values: [99] }
    expect(judgeGoals([...measured, noisy], [{ ...goal, without: at('noisy') }])[0]?.value).toBeUndefined()
  })

  it('may bound a figure alone', () => {
    const { over: _, ...alone } = goal
    expect(judgeGoals(measured, [alone])[0]?.value).toEqual({ median: 28, least: 20, most: 30 })
  })

  it('that was not measured is neither met nor missed', () => {
    const [outcome] = judgeGoals(measured, [{ ...goal, over: at('nobody') }])
    expect(outcome).toMatchObject({ value: undefined, isMet: undefined })
  })

  it('of the suite is not measured by an empty run, whichever it is', () => {
    const outcomes = judgeGoals([])
    expect(outcomes.length).toBeGreaterThan(15)
    expect(outcomes.every(({ isMet }) => isMet === undefined)).toBe(true)
    expect(new Set(outcomes.map(({ goal: { name } }) => name)).size).toBe(outcomes.length)
  })
})

describe('a check', () => {
  const outcomes = judgeGoals(measured, [goal, { ...goal, name: 'at least', isAtLeast: true }])
  const worse = (ratio: number, tolerance: number) => {
    const ratios = { 'ours to theirs': ratio, 'at least': ratio, 'gone since': 1 }
    const compared = compareRatios(outcomes, { date: '', machine: '', ratios }, tolerance)
    return compared.filter(({ isWorse }) => isWorse).map(({ name }) => name)
  }

  it('names a ratio that grew by more than the tolerance, or fell where more is better', () => {
    expect(worse(1.75, 0.1)).toEqual([])
    expect(worse(1.5, 0.1)).toEqual(['ours to theirs'])
    expect(worse(1.5, 0.2)).toEqual([])
    expect(worse(2, 0.1)).toEqual(['at least'])
  })

  it('compares what both have, and nothing else', () => {
    expect(compareRatios(outcomes, { date: '', machine: '', ratios: { 'at least': 1.7 } }, 0.1)).toEqual([
      { name: 'at least', before: 1.7, now: 1.75, isWorse: false },
    ])
    expect(toRatios(outcomes)).toEqual({ 'ours to theirs': 1.75, 'at least': 1.75 })
    expect(toRatios(judgeGoals([], [goal]))).toEqual({})
  })
})
