/** Fewer readings say nothing of what becomes of a process with time. */
export const READINGS_FOR_GROWTH = 8

export interface Growth<Reading> {
  /**
   * Of a quarter of the readings after the first one, until which the process warms up; and of the last quarter. Medians, as
   * single readings are up and down.
   */
  readonly of: (value: (reading: Reading) => number) => readonly [early: number, late: number]
}

/** Undefined with too few readings. */
export function growthOf<Reading>(readings: readonly Reading[]): Growth<Reading> | undefined {
  if (readings.length < READINGS_FOR_GROWTH) return undefined
  const quarter = Math.floor(readings.length / 4)
  const [early, late] = [readings.slice(1, 1 + quarter), readings.slice(-quarter)]
  return { of: (value) => [median(early.map(value)), median(late.map(value))] }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (index: number): number => sorted[index] ?? NaN
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2
}
