import { type Figure, type Measured, type Place, valuesAt } from './figures.js'
import { afterCalls, nghttpxName, PAID, PASSERS, STARTS } from './names.js'
import { median, type Summary } from './statistics.js'

/** A bound for a ratio of two figures of one run, or for a figure alone. */
export interface Goal {
  readonly name: string
  readonly of: Place
  readonly over?: Place
  /** What both have in common and is not theirs. */
  readonly without?: Place
  readonly limit: number
  readonly isAtLeast?: boolean
}

const passed = (shape: string, target: string, figure: Figure = 'cpu'): Place => ({
  part: 'passthrough',
  ...{ shape, target, figure },
})
const paid = (shape: string, target: string, figure: Figure = 'cpu'): Place => ({
  part: 'paid',
  ...{ shape, target, figure },
})
const started = (target: string): Place => ({ part: 'start-up', shape: 'time', target, figure: 'wall' })
const held = (calls: number, target: string): Place => ({
  part: 'memory',
  ...{ shape: afterCalls(calls), target, figure: 'rss' },
})

const toNghttpx = (name: string, shape: string, limit: number): Goal => ({
  ...{ name, limit, of: passed(shape, PASSERS.frames), over: passed(shape, PASSERS.nghttpx) },
})
const paidToNghttpx = (name: string, shape: string, limit: number): Goal => ({
  ...{ name, limit, of: paid(shape, PAID.embedded) },
  over: paid(shape, nghttpxName(shape === '1 × 1' ? '1 × 1' : '10 × 10')),
})
const noDearer = (name: string, shape: string): Goal => ({
  ...{ name, limit: 1, of: paid(shape, PAID.embedded), over: paid('10 × 1', PAID.embedded) },
})
const MANY_CALLS = 1_000_000
const memoryGoals = (target: string): Goal[] => [
  { name: `memory, ${target}: MB after 10⁶ calls`, of: held(MANY_CALLS, target), limit: 120 },
  {
    ...{ name: `memory, ${target}: flat from 2·10⁵ calls on`, of: held(MANY_CALLS, target) },
    ...{ over: held(MANY_CALLS / 5, target), limit: 1.1 },
  },
]

const GOALS: readonly Goal[] = [
  toNghttpx('passthrough 100 B, 10 × 10, to nghttpx', '100 B, 10 × 10', 1.25),
  toNghttpx('passthrough 100 B, one at a time, to nghttpx', '100 B, 1 × 1', 1.3),
  toNghttpx('passthrough 64 KiB, 10 × 10, to nghttpx', '64 KiB, 10 × 10', 0.9),
  {
    name: 'added p50 at low load, to what nghttpx adds',
    of: passed('100 B, 1 × 1', PASSERS.frames, 'p50'),
    over: passed('100 B, 1 × 1', PASSERS.nghttpx, 'p50'),
    without: passed('100 B, 1 × 1', PASSERS.service, 'p50'),
    limit: 1.2,
  },
  paidToNghttpx('paid, 10 connections × 1, embedded, to nghttpx passing on 10 × 10', '10 × 1', 16),
  paidToNghttpx('paid, one at a time, embedded, to nghttpx passing on one at a time', '1 × 1', 7),
  paidToNghttpx('paid, 10 × 10, embedded, to nghttpx passing on 10 × 10', '10 × 10', 7),
  paidToNghttpx('paid, 200 connections × 1, embedded, to nghttpx passing on 10 × 10', '200 × 1', 7),
  noDearer('paid, 10 × 10, to paid 10 × 1', '10 × 10'),
  noDearer('paid, 200 × 1, to paid 10 × 1', '200 × 1'),
  {
    ...{ name: 'prepaid to escrow, 10 × 1', limit: 0.5 },
    ...{ of: paid('10 × 1', PAID.prepaid), over: paid('10 × 1', PAID.embedded) },
  },
  {
    name: 'escrow to the busiest thread beside a recovery worker, 10 × 10',
    ...{ of: paid('10 × 10', PAID.embedded), over: paid('10 × 10', PAID.worker, 'busiest') },
    ...{ limit: 1.7, isAtLeast: true },
  },
  ...[PASSERS.frames, PAID.embedded].flatMap(memoryGoals),
  { name: '--help to bare node', of: started(STARTS.help), over: started(STARTS.node), limit: 2.2 },
  { name: 'daemon ready to bare node', of: started(STARTS.ready), over: started(STARTS.node), limit: 5 },
]

/** What came of a goal. */
export interface Outcome {
  readonly goal: Goal
  /** Undefined where the run did not measure it. */
  readonly value: Summary | undefined
  readonly isMet: boolean | undefined
}

export const judgeGoals = (measured: readonly Measured[], goals: readonly Goal[] = GOALS): Outcome[] =>
  goals.map((goal) => judgeGoal(measured, goal))

function judgeGoal(measured: readonly Measured[], goal: Goal): Outcome {
  const value = ratioOf(measured, goal)
  const isMet = value && (goal.isAtLeast === true ? value.median >= goal.limit : value.median <= goal.limit)
  return { goal, value, isMet }
}

/** The ratio of the medians; least and most are those of single rounds, whose figures were taken one after the other. */
function ratioOf(measured: readonly Measured[], { of, over, without }: Goal): Summary | undefined {
  const [top, bottom, common] = [of, over, without].map((place) => (place ? valuesAt(measured, place) : [])) as [
    readonly number[],
    readonly number[],
    readonly number[],
  ]
  if (top.length === 0 || (over && bottom.length === 0) || (without && common.length === 0)) return undefined
  const divide = (a: number, b: number, c: number): number => (over ? (a - c) / (b - c) : a)
  const shared = common.length > 0 ? median(common) : 0
  // Noise may have somebody add less than nothing: that is no measure of anybody else.
  if (over && median(bottom) <= shared) return undefined
  const rounds = top.map((value, round) => divide(value, bottom[round] ?? median(bottom), common[round] ?? shared))
  return {
    median: divide(median(top), median(bottom), shared),
    ...{ least: Math.min(...rounds), most: Math.max(...rounds) },
  }
}
