import type { HistogramSeries } from './metrics.js'

/** How many values were how large. */
export class Buckets {
  readonly #bounds: readonly number[]
  /** Of values above the bound before and at most as large as this one; the last has those above all bounds. */
  readonly #counts: number[]
  #sum = 0

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds
    this.#counts = [...bounds.map(() => 0), 0]
  }

  observe(value: number): void {
    const bounds = this.#bounds
    let at = 0
    while (at < bounds.length && value > (bounds[at] as number)) at++
    this.#counts[at] = (this.#counts[at] as number) + 1
    this.#sum += value
  }

  read(): Omit<HistogramSeries, 'labels'> {
    let total = 0
    return { counts: this.#counts.map((count) => (total += count)), sum: this.#sum }
  }
}

/**
 * The value below which a share of all values lies, as Prometheus guesses it: evenly spread within a bucket. Undefined
 * without any; the highest bound for what lies above all of them.
 */
export function quantile(
  share: number,
  bounds: readonly number[],
  { counts }: Pick<HistogramSeries, 'counts'>,
): number | undefined {
  const all = counts.at(-1) ?? 0
  if (all === 0) return undefined
  const rank = share * all
  const at = counts.findIndex((count) => count >= rank)
  const upper = bounds[at]
  if (upper === undefined) return bounds.at(-1)
  const lower = bounds[at - 1] ?? 0
  const below = counts[at - 1] ?? 0
  const within = (counts[at] as number) - below
  return within === 0 ? upper : lower + ((upper - lower) * (rank - below)) / within
}
