import { describe, expect, test } from 'vitest'
import { parseReliability, parseSize, parseSpan } from '../../../../src/client/fleet/amounts.js'
import { bertyAddress, planOf } from '../../../../src/client/fleet/plan.js'
import { cidText, messageView, testView } from '../../../../src/client/fleet/views.js'

test.each([
  ['300', 300],
  ['300B', 300],
  ['5B', 5],
  ['1.5kb', 1500],
  ['2 KiB', 2048],
  ['3MB', 3_000_000],
  ['1gb', 1_000_000_000],
])('%s is a size', (written, size) => expect(parseSize(written)).toBe(size))

test.each(['', '0', '-1', '1.5.1kb', '3 tb', 'kb', '1e3', `${'9'.repeat(20)}gb`])('%j is no size', (written) => {
  expect(() => parseSize(written)).toThrow('is no size')
})

test.each([
  ['2', 2_000_000],
  ['250ms', 250_000],
  ['1.5s', 1_500_000],
  ['5m', 300_000_000],
  ['10us', 10],
  ['0', 0],
])('%s is a duration', (written, us) => expect(parseSpan(written)).toBe(us))

test.each(['', '-1', '1d', 's', '1 s s'])('%j is no duration', (written) => {
  expect(() => parseSpan(written)).toThrow('is no duration')
})

test('a reliability is a pair of whole numbers', () => {
  expect(parseReliability('10,5')).toEqual({ timeout_seconds: 10, odds: 5 })
  for (const written of ['10', '10,5,1', '-1,2', 'a,b', '1.5,2', '9999999999,1'])
    expect(() => parseReliability(written)).toThrow('is no TIMEOUT,ODDS')
})

describe('what "test new" takes', () => {
  const flags = { type: 'text' as const, size: '1kb', interval: '250ms', amount: 7, drain: '10s' }

  test('closed model', () => {
    expect(planOf(flags)).toEqual({
      ...{ type: 'TEXT', size: '1000', interval_us: '250000', amount: '7', rate: 0, ramp_seconds: 0, seed: '' },
      ...{ media_as_text: false, drain_us: '10000000' },
    })
  })

  test('open model', () => {
    expect(planOf({ ...flags, rate: '0.5', ramp: '2m', seed: 's' })).toMatchObject({
      rate: 0.5,
      ramp_seconds: 120,
      seed: 's',
    })
    for (const rate of ['', '0', '-1', 'x']) expect(() => planOf({ ...flags, rate })).toThrow('--rate')
  })
})

test('a Berty has a host and a port', () => {
  expect(bertyAddress('127.0.0.1:9091')).toEqual({ host: '127.0.0.1', port: '9091' })
  expect(bertyAddress('[::1]:9091')).toEqual({ host: '::1', port: '9091' })
  for (const written of ['', undefined, 'host', ':1', 'a:b']) expect(() => bertyAddress(written)).toThrow()
})

test('ids are shown as Berty shows them', () => {
  const bytes = Buffer.from('01711220cf9bdd255a021ca07afdcd7bdbff93e5ff5d0bdf89498a9e510b9fa744e4ecf8', 'hex')
  expect(cidText(bytes)).toBe('bafyreigptposkwqcdsqhv7onppn77e7f75oqxx4jjgfj4uilt6tujzhm7a')
  expect(messageView({ cid: bytes, sent_date_ms: '1000', sequence: '7' })).toMatchObject({
    cid: 'bafyreigptposkwqcdsqhv7onppn77e7f75oqxx4jjgfj4uilt6tujzhm7a',
    sent: '1970-01-01T00:00:01.000Z',
    sequence: 7,
    run: null,
  })
})

test('a test that nothing is said of is planned, and does not run', () => {
  expect(testView({})).toMatchObject({ state: 'planned', running: false, end: null, run: null, sent: 0, started: null })
})
