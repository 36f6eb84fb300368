import { expect, test } from 'vitest'
import { countCalls } from '../../../../src/daemon/gateway/index.js'
import { createMetrics, toPrometheusText } from '../../../../src/daemon/observability/index.js'
import { parsePrometheusText } from '../../../support/prometheus-text.js'

test('counts by published method and outcome, and all made-up methods as one', async () => {
  const metrics = createMetrics()
  const figures = countCalls(metrics, (method) => method === '/calc.C/add')
  figures.ended('/calc.C/add', 'ok', 3)
  figures.ended('/calc.C/add', 'payment-rejected', 1)
  for (let i = 0; i < 1_000; i++) figures.ended(`/x"}\n.Y/${i}`, 'not-found', 0.1)

  const { samples, value } = parsePrometheusText(toPrometheusText(await metrics.read()))

  expect(samples.filter(({ name }) => name === 'snetd_calls_total').map(({ labels }) => labels)).toEqual([
    { method: '/calc.C/add', outcome: 'ok' },
    { method: '/calc.C/add', outcome: 'payment-rejected' },
    { method: 'unlisted', outcome: 'not-found' },
  ])
  expect(value('snetd_calls_total', { method: 'unlisted' })).toBe(1_000)
  expect(value('snetd_call_duration_seconds_count', { method: '/calc.C/add' })).toBe(2)
  expect(value('snetd_call_duration_seconds_sum', { method: '/calc.C/add' })).toBeCloseTo(0.004)
})
