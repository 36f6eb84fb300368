import type { Figures } from './report.js'

/** Samples in microseconds that grow without boxing each number. */
export class Samples {
  #values = new Float64Array(64)
  #count = 0

  add(us: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count++] = us
  }

  addAll(other: Samples): void {
    for (const us of other.sorted()) this.add(us)
  }

  sorted(): Float64Array {
    return this.#values.slice(0, this.#count).sort()
  }

  /** @param clockErrorUs undefined when a clock involved is unknown */
  figures(clockErrorUs: number | undefined): Figures {
    const sorted = this.sorted()
    const at = (share: number): number | null => toMs(nearestRank(sorted, share))
    return {
      p50: at(0.5),
      p90: at(0.9),
      p95: at(0.95),
      p99: at(0.99),
      max: at(1),
      clock_error: clockErrorUs === undefined ? null : toMs(clockErrorUs),
    }
  }
}

/** The smallest sample that at least `share` of all do not exceed. */
function nearestRank(sorted: Float64Array, share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

const toMs = <T extends number | undefined>(us: T): T extends number ? number : number | null =>
  (us === undefined ? null : Math.round(us) / 1000) as never
