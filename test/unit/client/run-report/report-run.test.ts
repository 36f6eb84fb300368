import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportFaults } from '../../../support/report-schema.js'
import { cidOf, device, END, received, reportOf, sent, START } from './world.js'

const pairOf = (report: ReturnType<typeof reportOf>, from: string, to: string) =>
  report.pairs.find((pair) => pair.from === from && pair.to === to)

describe('what is expected', () => {
  test('every member with whom the sender had shared its key when it sent, and nobody else', () => {
    const report = reportOf([
      { isSender: true, epochs: [[1], [1, 2]], page: { sent: [sent('a', 1), sent('b', 2, { epoch: 1 })] } },
      { page: { received: [received('a', 0, 1), received('b', 0, 2)] } },
      { page: { received: [received('b', 0, 2)] } },
    ])
    expect(report.tests[0]).toMatchObject({
      sent: 2,
      expected: 3,
      delivered: 3,
      lost: 0,
      delivery_ratio: 1,
      bytes: 900,
    })
    expect(pairOf(report, 'p0', 'p2')).toMatchObject({ sent: 2, expected: 1, delivered: 1 })
    expect(report.verdict).toBe('passed')
  })

  test('a member that is none of the hosts asked is outside the plan', () => {
    const report = reportOf([
      { isSender: true, epochs: [[1, 7]], page: { sent: [sent('a', 1)] } },
      { page: { received: [received('a', 0, 1)] } },
    ])
    expect(report.tests[0]).toMatchObject({ expected: 1, delivered: 1 })
  })

  test('sends that failed, or of which nothing is known, are counted apart and expected nowhere', () => {
    const report = reportOf([
      {
        isSender: true,
        page: {
          sent: [
            sent('a', 1),
            sent('', 2, { outcome: 'ERROR', cid: undefined }),
            sent('', 3, { outcome: 'UNKNOWN', cid: undefined }),
          ],
        },
      },
      { page: { received: [received('a', 0, 1), received('c', 0, 3)] } },
    ])
    expect(report.tests[0]).toMatchObject({
      sent: 1,
      send_errors: 1,
      sent_unknown: 1,
      expected: 1,
      delivered: 1,
      lost: 0,
    })
    expect(report).toMatchObject({ verdict: 'failed', reasons: ['t in g: 1 sends failed'] })
  })
})

describe('what arrived', () => {
  test('what a member lacks is lost, and the run has failed', () => {
    const report = reportOf([
      { isSender: true, page: { sent: [sent('a', 1), sent('b', 2)] } },
      { page: { received: [received('a', 0, 1)] } },
    ])
    expect(report.tests[0]).toMatchObject({ expected: 2, delivered: 1, lost: 1, delivery_ratio: 0.5 })
    expect(report).toMatchObject({ verdict: 'failed', reasons: ['t in g: 1 of 2 expected deliveries are missing'] })
  })

  test('the same event again in one stream, and the same message under another id, are duplicates', () => {
    const report = reportOf([
      { isSender: true, page: { sent: [sent('a', 1)] } },
      { page: { received: [received('a', 0, 1, { repeats: 2 }), received('a-again', 0, 1)] } },
    ])
    expect(report.tests[0]).toMatchObject({ delivered: 1, duplicated: 3, lost: 0 })
  })

  test('a message that came under its other id alone is delivered', () => {
    const report = reportOf([
      { isSender: true, page: { sent: [sent('a', 1)] } },
      { page: { received: [received('a-again', 0, 1)] } },
    ])
    expect(report.tests[0]).toMatchObject({ delivered: 1, duplicated: 0, lost: 0 })
  })

  test('a message too short for a header is told by its id', () => {
    const bare = { test: undefined, sequence: undefined }
    const report = reportOf([
      { isSender: true, page: { sent: [sent('a', 1, { size: 3 })] } },
      { page: { received: [received('a', 0, 0, bare), received('somebody else’s', 0, 0, bare)] } },
    ])
    expect(report.tests[0]).toMatchObject({ delivered: 1, duplicated: 0, bytes: 3 })
  })

  test('of what came out of order only first copies count', () => {
    const report = reportOf([
      { isSender: true, page: { sent: [sent('a', 1), sent('b', 2)] } },
      {
        page: {
          received: [
            received('b', 0, 2),
            received('a', 0, 1, { out_of_order: true }),
            received('b-again', 0, 2, { out_of_order: true }),
          ],
        },
      },
    ])
    expect(report.tests[0]).toMatchObject({ delivered: 2, out_of_order: 1, duplicated: 1 })
  })

  test('what was read after the run had ended is lost', () => {
    const late = received('a', 0, 1, { received_at: String(END + 1) })
    const report = reportOf([{ isSender: true, page: { sent: [sent('a', 1)] } }, { page: { received: [late] } }])
    expect(report.tests[0]).toMatchObject({ delivered: 0, lost: 1 })
  })

  test('pages may come in any order, of receivers first', () => {
    const report = reportOf([
      { page: { received: [received('a', 1, 1)] } },
      { isSender: true, page: { sent: [sent('a', 1)] } },
    ])
    expect(report.tests[0]).toMatchObject({ delivered: 1 })
  })
})

describe('how long it took', () => {
  test('clocks are corrected, and the most they may be wrong by is told', () => {
    const report = reportOf([
      {
        isSender: true,
        clock: { offsetUs: 100_000, errorUs: 200 },
        page: { sent: [sent('a', 1, { sent_at: String(START + 100_000) })] },
      },
      {
        clock: { offsetUs: -50_000, errorUs: 300 },
        page: { received: [received('a', 0, 1, { received_at: String(START - 50_000 + 7_000) })] },
      },
    ])
    expect(report.tests[0]?.latency_ms).toEqual({ p50: 7, p90: 7, p95: 7, p99: 7, max: 7, clock_error: 0.5 })
  })

  test('without a clock there is no latency', () => {
    const report = reportOf([
      { isSender: true, page: { sent: [sent('a', 1)] } },
      { clock: undefined, page: { received: [received('a', 0, 1)] } },
    ])
    expect(report.tests[0]).toMatchObject({ delivered: 1, latency_ms: { p50: null, max: null, clock_error: null } })
  })

  test('percentiles are samples: the smallest that so many do not exceed', () => {
    const ids = Array.from({ length: 100 }, (_, i) => i + 1)
    const report = reportOf([
      { isSender: true, page: { sent: ids.map((i) => sent(`m${i}`, i, { sent_at: String(START) })) } },
      { page: { received: ids.map((i) => received(`m${i}`, 0, i, { received_at: String(START + i * 1000) })) } },
    ])
    expect(report.tests[0]?.latency_ms).toMatchObject({ p50: 50, p90: 90, p95: 95, p99: 99, max: 100 })
  })

  test('acknowledgements are counted by who sent them, at the sender alone', () => {
    const ack = { group: 'g', cid: cidOf('a'), received_at: String(START + 9_000), round_trip_us: '8000' }
    const report = reportOf([
      {
        isSender: true,
        page: {
          sent: [sent('a', 1)],
          acks: [
            { ...ack, device_pk: device(1) },
            { ...ack, device_pk: device(2), round_trip_us: '-1' },
          ],
        },
      },
      { page: { received: [received('a', 0, 1)] } },
      { page: { received: [received('a', 0, 1)], acks: [{ ...ack, device_pk: device(1) }] } },
    ])
    expect(report.tests[0]).toMatchObject({ acknowledged: 2, ack_ms: { p50: 8, max: 8, clock_error: 0 } })
    expect(pairOf(report, 'p0', 'p2')).toMatchObject({ acknowledged: 1, ack_ms: { p50: null } })
  })
})

describe('the verdict', () => {
  test.each([
    ['a part that could not be had', { isMissing: true }, 'the part of p1 could not be had: nobody is there'],
    ['a test that still runs', { isSender: true, test: { state: 'RUNNING' as const } }, 't in g at p1 still runs'],
    ['a test that was stopped', { isSender: true, test: { end: 'STOPPED' as const } }, 't in g at p1 was stopped'],
    [
      'a test that was given up',
      { isSender: true, test: { end: 'FAILED' as const, reason: 'no keys' } },
      't in g at p1 was given up: no keys',
    ],
  ])('is aborted by %s', (_name, other, reason) => {
    const report = reportOf([{ isSender: true, page: { sent: [sent('a', 1)] } }, other])
    expect(report.verdict).toBe('aborted')
    expect(report.reasons[0]).toBe(reason)
  })

  test('a run that still goes on has no end yet', () => {
    const report = reportOf([{ isSender: true, test: { state: 'RUNNING' } }, {}])
    expect(report.run).toMatchObject({ started: new Date(START / 1000).toISOString(), ended: null, seed: 's' })
  })
})

test('whatever the ledgers say, sums of pairs are those of the test, and nothing is delivered that was not expected', () => {
  const peers = fc.integer({ min: 2, max: 4 })
  const message = fc.record({
    from: fc.nat(3),
    sequence: fc.integer({ min: 1, max: 6 }),
    to: fc.nat(3),
    double: fc.boolean(),
    repeats: fc.nat(2),
  })
  fc.assert(
    fc.property(peers, fc.array(message, { maxLength: 40 }), (count, messages) => {
      const world = Array.from({ length: count }, (_, peer) => ({
        isSender: true,
        page: {
          sent: [1, 2, 3, 4, 5, 6].map((sequence) => sent(`${peer}/${sequence}`, sequence)),
          received: messages
            .filter(({ from, to }) => to % count === peer && from % count !== peer)
            .map(({ from, sequence, double, repeats }) =>
              received(`${from % count}/${sequence}${double ? '+' : ''}`, from % count, sequence, { repeats }),
            ),
        },
      }))
      const report = reportOf(world)
      const [total] = report.tests
      for (const key of ['expected', 'delivered', 'lost', 'duplicated', 'out_of_order', 'bytes'] as const) {
        expect(report.pairs.reduce((sum, pair) => sum + pair[key], 0)).toBe(total?.[key])
      }
      expect(total?.expected).toBe(6 * count * (count - 1))
      expect(total?.delivered).toBeLessThanOrEqual(total?.expected ?? 0)
    }),
  )
})

describe('the schema file', () => {
  const world = [
    { isSender: true, page: { sent: [sent('a', 1), sent('b', 2, { outcome: 'ERROR', cid: undefined })] } },
    { page: { received: [received('a', 0, 1)] } },
    { isMissing: true },
  ]

  test('describes the reports', () => {
    expect(reportFaults(reportOf(world))).toEqual([])
    expect(reportFaults(reportOf([{ isSender: true, test: { state: 'RUNNING' } }, { clock: undefined }]))).toEqual([])
  })

  test('and nothing else', () => {
    const report = reportOf(world)
    const [first] = report.tests
    expect(reportFaults({ ...report, verdict: 'fine' })).not.toEqual([])
    expect(reportFaults({ ...report, more: 1 })).not.toEqual([])
    expect(reportFaults({ ...report, tests: [{ ...first, lost: -1 }] })).not.toEqual([])
    expect(reportFaults({ ...report, pairs: [{ from: 'p0' }] })).not.toEqual([])
  })
})
