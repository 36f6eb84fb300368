import type {
  Family,
  FamilyReading,
  Histogram,
  Metrics,
  MetricsReader,
  Reading,
  ReadSamples,
  Sample,
} from './metrics.js'
import { Buckets } from './buckets.js'

/** So many series a family has, whatever goes wrong with its labels; what comes after them is counted as `other`. */
const MAX_SERIES = 2_000
/** What a figure that is asked for may take. */
const READ_TIMEOUT_MS = 2_000
const OTHER = 'other'

/** Figures in memory, for whoever reads them. Error: a bug, for a name that is given twice. */
export function createMetrics(): Metrics & MetricsReader {
  const families = new Map<string, () => FamilyReading | Promise<FamilyReading>>()
  const register = (name: string, read: () => FamilyReading | Promise<FamilyReading>): void => {
    if (families.has(name)) throw new Error(`the figure ${name} exists`)
    families.set(name, read)
  }
  const asked = (type: 'counter' | 'gauge') => (family: Family, read: ReadSamples) =>
    register(family.name, async () => ({ ...family, type, series: (await inTime(read)).map(toSeries) }))
  return {
    counter(family) {
      const series = new SeriesByLabels(family, () => new Count())
      register(family.name, () => ({
        ...family,
        type: 'counter',
        series: series.list(({ value }) => ({ value })),
      }))
      return (...labels) => series.of(labels)
    },
    histogram(family, bounds) {
      const series = new SeriesByLabels<Histogram & Buckets>(family, () => new Buckets(bounds))
      register(family.name, () => ({
        ...family,
        type: 'histogram',
        bounds,
        series: series.list((buckets) => buckets.read()),
      }))
      return (...labels) => series.of(labels)
    },
    gauge: asked('gauge'),
    total: asked('counter'),
    read: async (): Promise<Reading> => await Promise.all([...families.values()].map(async (read) => await read())),
  }
}

class Count {
  value = 0

  add(more = 1): void {
    this.value += more
  }
}

/** The series of one family, made when they are asked for. */
class SeriesByLabels<Series> {
  readonly #labels: number
  readonly #make: () => Series
  readonly #series = new Map<string, { readonly labels: readonly string[]; readonly series: Series }>()

  constructor({ labels = [] }: Family, make: () => Series) {
    this.#labels = labels.length
    this.#make = make
    // A count without labels is there from the start, at 0.
    if (labels.length === 0) this.of([])
  }

  of(labels: readonly string[]): Series {
    const key = labels.join('\0')
    const known = this.#series.get(key)
    if (known) return known.series
    if (this.#series.size >= MAX_SERIES && labels.some((label) => label !== OTHER))
      return this.of(Array.from({ length: this.#labels }, () => OTHER))
    const series = this.#make()
    this.#series.set(key, { labels, series })
    return series
  }

  list<Shown extends object>(show: (series: Series) => Shown): (Shown & { labels: readonly string[] })[] {
    return [...this.#series.values()].map(({ labels, series }) => ({ labels, ...show(series) }))
  }
}

const toSeries = ([value, ...labels]: Sample) => ({ labels, value })

async function inTime(read: ReadSamples): Promise<readonly Sample[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly Sample[]>((done) => {
    timer = setTimeout(() => done([]), READ_TIMEOUT_MS)
  })
  try {
    return await Promise.race([read(), late])
  } catch {
    return []
  } finally {
    clearTimeout(timer)
  }
}
