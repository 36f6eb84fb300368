/** What reading whole lists has cost the Berty since this daemon started, as far as we can see. */
export interface ListCosts {
  count: number
  events: number
  ms: number
}

/** A list begins to be read: to be told of each entry, and of the end, however it ends. */
export function startCounting(costs: ListCosts): { entry: () => void; end: () => number } {
  const begunAt = performance.now()
  costs.count++
  return {
    entry: () => {
      costs.events++
    },
    end: () => {
      const tookMs = performance.now() - begunAt
      costs.ms += tookMs
      return tookMs
    },
  }
}
