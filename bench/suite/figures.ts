import type { Machine } from './machine.js'

/** What is measured, in its unit. */
export const FIGURES = {
  cpu: 'CPU µs per call',
  busiest: 'CPU µs per call, busiest thread',
  rate: 'calls/s',
  p50: 'p50 µs',
  p99: 'p99 µs',
  wall: 'time µs',
  rss: 'resident MB',
} as const
export type Figure = keyof typeof FIGURES

/** One figure of one target in one shape, with a value for each round. */
export interface Measured {
  readonly part: string
  readonly shape: string
  readonly target: string
  readonly figure: Figure
  readonly values: readonly number[]
}

/** Where a figure is found. */
export type Place = Omit<Measured, 'values'>

/** What one run found, as its JSON file has it. */
export interface Results {
  readonly date: string
  readonly machine: Machine
  readonly rounds: number
  readonly seconds: number
  readonly measured: readonly Measured[]
}

const isAt =
  (place: Place) =>
  (measured: Place): boolean =>
    measured.part === place.part &&
    measured.shape === place.shape &&
    measured.target === place.target &&
    measured.figure === place.figure

/** The values at a place; none where it was not measured. */
export const valuesAt = (measured: readonly Measured[], place: Place): readonly number[] =>
  measured.find(isAt(place))?.values ?? []

/** What is measured, as it comes in. */
export class Findings {
  readonly #measured: (Place & { readonly values: number[] })[] = []

  add(place: Place, value: number): void {
    const known = this.#measured.find(isAt(place))
    if (known) known.values.push(value)
    else this.#measured.push({ ...place, values: [value] })
  }

  get all(): readonly Measured[] {
    return this.#measured
  }
}

/** Runs of one machine as one: what a later one measured too stands in place of the earlier. */
export function mergeResults(runs: readonly [Results, ...Results[]]): Results {
  const [first, ...later] = runs
  return later.reduce((merged, run) => {
    const kept = merged.measured.filter((measured) => valuesAt(run.measured, measured).length === 0)
    return { ...merged, measured: [...kept, ...run.measured] }
  }, first)
}
