/** What figures are called, in the units that the name ends with. */
export interface Family {
  /** Such as `snetd_calls_total`, `snetd_commit_seconds`. */
  readonly name: string
  readonly help: string
  /** Names of what tells its series apart; each has few values, and none that a stranger chooses. */
  readonly labels?: readonly string[]
}

export interface Counter {
  add(more?: number): void
}

export interface Histogram {
  observe(value: number): void
}

/** A figure of now, with the values of its labels. */
export type Sample = readonly [value: number, ...labels: readonly string[]]

/** Undefined or nothing where a figure is not known now. */
export type ReadSamples = () => readonly Sample[] | Promise<readonly Sample[]>

/**
 * What rooms are handed to count by. Who reads the figures, and in which format, is not their business. A series is
 * asked for once and kept where it is counted often: counting is then an addition.
 */
export interface Metrics {
  counter(family: Family): (...labels: string[]) => Counter
  histogram(family: Family, bounds: readonly number[]): (...labels: string[]) => Histogram
  /** A figure that goes up and down, asked for at each reading. */
  gauge(family: Family, read: ReadSamples): void
  /** A count that is kept elsewhere. */
  total(family: Family, read: ReadSamples): void
}

/** All figures of a moment. */
export type Reading = readonly FamilyReading[]

export type FamilyReading = Family & (NumbersReading | HistogramReading)

interface NumbersReading {
  readonly type: 'counter' | 'gauge'
  readonly series: readonly { readonly labels: readonly string[]; readonly value: number }[]
}

interface HistogramReading {
  readonly type: 'histogram'
  readonly bounds: readonly number[]
  readonly series: readonly HistogramSeries[]
}

export interface HistogramSeries {
  readonly labels: readonly string[]
  /** How many were at most as large as the bound in the same place, and at last how many there were. */
  readonly counts: readonly number[]
  readonly sum: number
}

/** What exporters see. */
export interface MetricsReader {
  /** What cannot be told in time is left out. */
  read(): Promise<Reading>
}
