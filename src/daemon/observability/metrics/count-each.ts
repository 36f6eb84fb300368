import type { Metrics } from './metrics.js'

/** Counts by one label, of which all values are known: each is there from the start, so that the first one is seen as a rise. */
export function countEach<Value extends string>(
  metrics: Metrics,
  family: { readonly name: string; readonly help: string; readonly label: string },
  values: readonly Value[],
): (value: Value) => void {
  const { name, help, label } = family
  const count = metrics.counter({ name, help, labels: [label] })
  const counters = new Map(values.map((value) => [value, count(value)]))
  return (value) => counters.get(value)?.add()
}
