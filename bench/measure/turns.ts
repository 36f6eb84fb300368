import { type Figure, type Findings } from '../suite/figures.js'
import { percentile } from '../suite/statistics.js'
import { readThreads, usedBetween } from './cpu.js'
import type { Load } from './load.js'

/** Somebody who is measured. */
export interface Target {
  readonly name: string
  /** The process whose time counts. */
  readonly pid: number
}

/** What one target needed for one load, by figure. */
export type Needed = Partial<Record<Figure, number>>

export interface Turns<T extends Target> {
  readonly part: string
  readonly shape: string
  readonly targets: readonly T[]
  readonly rounds: number
  /** Before each round, outside of what is measured. @param round below 0 while it warms up */
  readonly prepare?: (round: number) => Promise<void> | void
  readonly measure: (target: T, round: number) => Promise<Needed> | Needed
}

/** The first tells how many calls fit into the time, the second makes so many. */
const WARM_ROUNDS = 2

/** All targets by turns, round by round, so that whatever the machine does meanwhile is done to all. */
export async function takeTurns<T extends Target>(
  findings: Findings,
  { part, shape, targets, rounds, prepare, measure }: Turns<T>,
): Promise<void> {
  process.stderr.write(`${part}: ${shape} …\n`)
  for (let round = -WARM_ROUNDS; round < rounds; round++) {
    await prepare?.(round)
    for (const target of targets) {
      const needed = await measure(target, round)
      if (round < 0) continue
      for (const [figure, value] of Object.entries(needed)) {
        findings.add({ part, shape, target: target.name, figure: figure as Figure }, value)
      }
    }
  }
}

/** How many calls each target is to make: few at first, then as many as fit into the time by what it did last while warming up. */
export class Pace {
  readonly #counts = new Map<string, number>()
  readonly #least: number
  readonly #seconds: number

  /** @param least calls that may be in flight, or others without which a shape is none */
  constructor(least: number, seconds: number) {
    this.#least = least
    this.#seconds = seconds
  }

  callsOf({ name }: Target): number {
    return this.#counts.get(name) ?? Math.max(this.#least, FIRST_CALLS)
  }

  note({ name }: Target, { rate = 0 }: Needed, round: number): void {
    if (round < 0) this.#counts.set(name, Math.max(this.#least, Math.round(rate * this.#seconds)))
  }
}

const FIRST_CALLS = 20

/** A target whose code is not compiled yet is under its first load this many times as long. */
export const WARM_FACTOR = 5

/** What the process took for a load, and how long the calls of it took. @param perCall what counts as one, of which a call may have many */
export async function weigh(pid: number, load: () => Promise<Load> | Load, perCall = 1): Promise<Needed> {
  const before = readThreads(pid)
  const { calls, seconds, times } = await load()
  const used = usedBetween(before, readThreads(pid))
  const counted = calls * perCall
  return {
    cpu: used.all / counted,
    busiest: used.busiest / counted,
    rate: counted / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  }
}
