import { describe, expect, test } from 'vitest'
import { parseReliability, planOf, renderReport } from '../../../src/client/fleet/index.js'
import { parseSize, parseSpan } from '../../../src/client/index.js'
import { cidText, peerView } from '../../../src/client/fleet/views.js'
import { received, reportOn, sent } from './run-report/a-run.js'

const refused = { kind: 'invalid-request' }
const thrownBy = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (thrown) {
    return thrown
  }
}

describe('sizes', () => {
  test.each([
    ['300', 300],
    ['300B', 300],
    ['5b', 5],
    ['1.5kb', 1_500],
    ['1.5 KB', 1_500],
    ['2KiB', 2_048],
    ['3mb', 3_000_000],
    ['1GiB', 1_073_741_824],
  ])('%s is %i', (written, size) => {
    expect(parseSize(written)).toBe(size)
  })

  test.each(['', '0', '-1', '1.', '1e3', '3 tb', 'kb', '0x10', '9'.repeat(20)])('%j is none', (written) => {
    expect(thrownBy(() => parseSize(written))).toMatchObject(refused)
  })
})

describe('times', () => {
  test.each([
    ['2', 2_000_000],
    ['250ms', 250_000],
    ['1.5s', 1_500_000],
    ['5m', 300_000_000],
    ['1m30s', 90_000_000],
    ['7us', 7],
    ['0', 0],
  ])('%s is %i µs', (written, span) => {
    expect(parseSpan(written)).toBe(span)
  })

  test.each(['', '-1', 'soon', '1 d', '1e2', '9'.repeat(20)])('%j is none', (written) => {
    expect(thrownBy(() => parseSpan(written))).toMatchObject(refused)
  })
})

test('a count that a host did not tell in time is absent, not 0', () => {
  expect(peerView({}).connected_peers).toBeNull()
  expect(peerView({ connected_peers: '0' }).connected_peers).toBe(0)
})

test('outages are a pair of whole numbers', () => {
  for (const written of ['10,5', '10s,5', '10000ms,5'])
    expect(parseReliability(written)).toEqual({ timeout_seconds: 10, odds: 5 })
  for (const written of ['10', '10,', '-1,5', '1.5,2', '10,5,1'])
    expect(thrownBy(() => parseReliability(written))).toMatchObject(refused)
})

test('a plan tells rate and ramp of the open model, and refuses a rate that is none', () => {
  const flags = { type: 'media', size: '1kb', interval: '1', amount: 3, drain: '10s', seed: 'x' } as const
  expect(planOf({ ...flags, rate: '2.5', ramp: '30s', 'media-as-text': true })).toEqual({
    ...{ type: 'MEDIA', size: '1000', interval_us: '1000000', amount: '3', drain_us: '10000000' },
    ...{ rate: 2.5, ramp_seconds: 30, seed: 'x', media_as_text: true, while_away: 'PAUSE' },
  })
  expect(planOf({ ...flags, 'while-away': 'fail' })).toMatchObject({ while_away: 'FAIL' })
  for (const rate of ['0', '-1', 'fast', '', 'Infinity'])
    expect(thrownBy(() => planOf({ ...flags, rate }))).toMatchObject(refused)
})

test('ids are told as Berty tells them', () => {
  const bytes = Buffer.from('01711220c3c4733ec8affd06cf9e9ff50ffc6bcd2ec85a6170004bb709669c31de94391a', 'hex')
  expect(cidText(bytes)).toBe('bafyreigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi')
})

test('a report is a table of tests and pairs, the trust in its clocks, and the verdict with its reasons', () => {
  const report = reportOn([
    { epochs: [[1]], pages: [{ sent: [sent(1), sent(2)] }] },
    { pages: [{ received: [received(1, 0)] }], clock: { offsetUs: 0, errorUs: 250 } },
  ])
  const text = renderReport(report)
  expect(text).toMatch(/^g \/ t +2 +0 +0 +2 +1 +0 +1 +0 +0 +50\.00 % +5\.0 /m)
  expect(text).toMatch(/^p0 → p1 +2 +0 +0 +2 +1 +0 +1 /m)
  expect(text).toContain('Clock error ±0.50 ms: latencies')
  expect(text.split('\n').slice(-2)).toEqual(['Verdict: failed', '  t in g: 1 of 2 expected deliveries are missing'])
})
