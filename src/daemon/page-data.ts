import { toStatus, type StatusView } from './api/index.js'
import type { Refusal } from './gateway/index.js'
import { type MetricsReader, quantile, type Reading } from './observability/index.js'

export interface PageSources {
  readonly metrics: MetricsReader
  readonly status: () => Promise<StatusView>
  readonly refusals: () => readonly Refusal[]
}

type Histogram = Extract<Reading[number], { type: 'histogram' }>
type Numbers = Exclude<Reading[number], { type: 'histogram' }>

/** What the page for people shows: the status, and of the figures those that they look at. */
export async function readPageData({ metrics, status, refusals }: PageSources): Promise<object> {
  const [reading, view] = await Promise.all([metrics.read(), status()])
  const durations = histogram(reading, 'snetd_call_duration_seconds')
  const methods = callsByMethod(reading, durations)
  return {
    now: Date.now(),
    status: toStatus(view),
    calls: methods.reduce((sum, { calls }) => sum + calls, 0),
    methods,
    p95: durations && quantile(0.95, durations.bounds, allOf(durations)),
    commit: shareOf(0.95, histogram(reading, 'snetd_storage_commit_seconds')),
    refused: Object.fromEntries(
      (numbers(reading, 'snetd_payments_refused_total')?.series ?? []).map(({ labels: [reason = ''], value }) => [
        reason,
        value,
      ]),
    ),
    lag: numbers(reading, 'snetd_event_loop_lag_seconds')?.series.find(({ labels: [of] }) => of === '0.99')?.value,
    memory: numbers(reading, 'process_resident_memory_bytes')?.series[0]?.value,
    refusals: refusals(),
  }
}

const numbers = (reading: Reading, name: string): Numbers | undefined =>
  reading.find((family): family is Numbers => family.name === name && family.type !== 'histogram')

const histogram = (reading: Reading, name: string): Histogram | undefined =>
  reading.find((family): family is Histogram => family.name === name && family.type === 'histogram')

function callsByMethod(reading: Reading, durations: Histogram | undefined) {
  const byMethod = new Map<string, Record<string, number>>()
  for (const { labels, value } of numbers(reading, 'snetd_calls_total')?.series ?? []) {
    const [method = '', outcome = ''] = labels
    byMethod.set(method, { ...byMethod.get(method), [outcome]: value })
  }
  return [...byMethod].map(([method, outcomes]) => {
    const series = durations?.series.find(({ labels: [of] }) => of === method)
    const within = (share: number): number | undefined =>
      series && durations && quantile(share, durations.bounds, series)
    const calls = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
    return { method, calls, outcomes, p50: within(0.5), p95: within(0.95) }
  })
}

const shareOf = (share: number, of: Histogram | undefined): number | undefined =>
  of && quantile(share, of.bounds, allOf(of))

/** All series as one. */
const allOf = ({ series, bounds }: Histogram): { counts: number[] } => ({
  counts: [...bounds, Infinity].map((_bound, at) => series.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0)),
})
