import { expect, test } from 'vitest'
import {
  createMetrics,
  measureProcess,
  quantile,
  toPrometheusText,
} from '../../../../src/daemon/observability/index.js'
import { parsePrometheusText } from '../../../support/prometheus-text.js'

const scrape = async (metrics: ReturnType<typeof createMetrics>) =>
  parsePrometheusText(toPrometheusText(await metrics.read()))

test('counts, figures of now and durations are read as they were told', async () => {
  const metrics = createMetrics()
  const calls = metrics.counter({ name: 'calls_total', help: 'Calls.', labels: ['method', 'outcome'] })
  calls('/a/b', 'ok').add()
  calls('/a/b', 'ok').add(2)
  calls('/a/b', 'bug').add()
  metrics.gauge({ name: 'held', help: 'Held.' }, () => [[7.5]])
  metrics.total({ name: 'kept_total', help: 'Kept.', labels: ['kind'] }, async () => [
    [1, 'x'],
    [2, 'y'],
  ])
  const duration = metrics.histogram({ name: 'took_seconds', help: 'Time.', labels: ['method'] }, [0.1, 1])('/a/b')
  for (const seconds of [0.05, 0.1, 0.5, 7]) duration.observe(seconds)

  const found = await scrape(metrics)

  expect(found.value('calls_total', { method: '/a/b', outcome: 'ok' })).toBe(3)
  expect(found.value('calls_total', { outcome: 'bug' })).toBe(1)
  expect(found.value('held')).toBe(7.5)
  expect(found.value('kept_total', { kind: 'y' })).toBe(2)
  expect(found.samples.filter(({ name }) => name === 'took_seconds_bucket').map(({ value }) => value)).toEqual([
    2, 3, 4,
  ])
  expect(found.value('took_seconds_sum')).toBeCloseTo(7.65)
  expect([...found.types.values()]).toEqual(['counter', 'gauge', 'counter', 'histogram'])
})

test('a count without labels is there before anything was counted', async () => {
  const metrics = createMetrics()
  metrics.counter({ name: 'kept_total', help: 'Kept.' })
  expect((await scrape(metrics)).value('kept_total')).toBe(0)
})

test('whatever text a label has, its line stays one line', async () => {
  const metrics = createMetrics()
  const hostile = 'a"} 1\nb{c="\\n\u2028'
  metrics
    .counter({ name: 'calls_total', help: 'Calls.\nOf "all" \\ kinds.', labels: ['method'] })(hostile)
    .add()
  const { samples } = await scrape(metrics)
  expect(samples).toEqual([{ name: 'calls_total', labels: { method: hostile }, value: 1 }])
})

test('a family has a bounded number of series; the rest is counted together', async () => {
  const metrics = createMetrics()
  const calls = metrics.counter({ name: 'calls_total', help: 'Calls.', labels: ['method', 'outcome'] })
  for (let i = 0; i < 10_000; i++) calls(`/made.Up/${i}`, 'ok').add()
  const { samples, value } = await scrape(metrics)
  expect(samples.length).toBeLessThan(2_100)
  expect(value('calls_total')).toBe(10_000)
  expect(value('calls_total', { method: 'other', outcome: 'other' })).toBeGreaterThan(7_900)
})

test('a figure that cannot be told is left out, and the others are told', async () => {
  const metrics = createMetrics()
  metrics.gauge({ name: 'away', help: 'Away.' }, () => {
    throw new Error('away')
  })
  metrics.gauge({ name: 'unknown', help: 'Unknown.' }, () => [])
  metrics.gauge({ name: 'here', help: 'Here.' }, () => [[1]])
  expect((await scrape(metrics)).samples).toEqual([{ name: 'here', labels: {}, value: 1 }])
})

test('what a process is told of is there', async () => {
  const metrics = createMetrics()
  using _measuring = measureProcess(metrics)
  const { value } = await scrape(metrics)
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6)
  expect(value('process_cpu_seconds_total')).toBeGreaterThan(0)
  expect(value('process_start_time_seconds')).toBeLessThan(Date.now() / 1000)
  for (const of of ['0.5', '0.99', '1'])
    expect(value('snetd_event_loop_lag_seconds', { quantile: of })).toBeGreaterThanOrEqual(0)
})

test('quantiles lie within the bucket that has them', () => {
  const bounds = [1, 2, 4]
  expect(quantile(0.5, bounds, { counts: [0, 0, 0, 0] })).toBeUndefined()
  expect(quantile(0.5, bounds, { counts: [0, 10, 10, 10] })).toBe(1.5)
  expect(quantile(0.9, bounds, { counts: [5, 5, 10, 10] })).toBeCloseTo(3.6)
  expect(quantile(0.99, bounds, { counts: [0, 0, 0, 3] })).toBe(4)
})
