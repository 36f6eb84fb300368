import { expect, test } from 'vitest'
import { type APeer, ack, cid, device, END, received, reportOn, sent, START } from './a-run.js'

const numbers = [1, 2, 3]
const sender = (more: Partial<APeer> = {}): APeer => ({
  epochs: [[1]],
  pages: [{ sent: numbers.map((n) => sent(n)) }],
  ...more,
})
const receiver = (...pages: NonNullable<APeer['pages']>): APeer => ({ pages })

test('everything that was expected arrived: passed, with the latencies of each message', () => {
  const report = reportOn([sender(), receiver({ received: numbers.map((n) => received(n, 0)) })])
  expect(report.tests).toMatchObject([{ sent: 3, expected: 3, delivered: 3, lost: 0, bytes: 900, delivery_ratio: 1 }])
  expect(report.tests[0]?.latency_ms).toEqual({ p50: 5, p90: 5, p95: 5, p99: 5, max: 5, clock_error: 0 })
  expect(report.pairs).toMatchObject([{ from: 'p0', to: 'p1', group: 'g', name: 't', sent: 3, delivered: 3 }])
  expect(report).toMatchObject({ verdict: 'passed', reasons: [], run: { id: 'r', seed: '7' } })
})

test('a message that nobody else has is lost, and the run failed', () => {
  const report = reportOn([sender(), receiver({ received: [received(1, 0), received(3, 0)] })])
  expect(report.tests).toMatchObject([{ expected: 3, delivered: 2, lost: 1 }])
  expect(report.verdict).toBe('failed')
  expect(report.reasons).toEqual(['t in g: 1 of 3 expected deliveries are missing'])
})

test('a message counts for the members who had the sender’s key when it was sent', () => {
  const report = reportOn([
    {
      epochs: [[1], [1, 2]],
      pages: [{ sent: [sent(1), sent(2, { epoch: 2 }), sent(3, { epoch: 2 })] }],
    },
    receiver({ received: numbers.map((n) => received(n, 0)) }),
    receiver({ received: [received(2, 0), received(3, 0)] }),
  ])
  expect(report.pairs).toMatchObject([
    { to: 'p1', expected: 3, delivered: 3 },
    { to: 'p2', expected: 2, delivered: 2 },
  ])
  expect(report.verdict).toBe('passed')
})

test('what a member reads without having been sent the key in time is not counted as delivered', () => {
  const report = reportOn([
    { epochs: [[], [1]], pages: [{ sent: [sent(1), sent(2, { epoch: 2 })] }] },
    receiver({ received: [received(1, 0), received(2, 0)] }),
  ])
  expect(report.tests).toMatchObject([{ expected: 1, delivered: 1, delivery_ratio: 1, bytes: 300 }])
})

test('members who are none of the hosts asked are outside the plan', () => {
  const report = reportOn([
    { epochs: [[1, 7]], pages: [{ sent: [sent(1)] }] },
    receiver({ received: [received(1, 0)] }),
    { isOutside: true },
  ])
  expect(report.pairs.map(({ to }) => to)).toEqual(['p1'])
  expect(report.tests).toMatchObject([{ expected: 1, delivered: 1 }])
})

test('repeats within a stream and the same message under another id are duplicates', () => {
  const again = received(2, 0, { cid: cid('other') })
  const report = reportOn([
    sender(),
    receiver({ received: [received(1, 0, { repeats: 2 }), received(2, 0), again, received(3, 0)] }),
  ])
  expect(report.tests).toMatchObject([{ delivered: 3, duplicated: 3, bytes: 900 }])
  expect(report.verdict).toBe('passed')
})

test('a header that names somebody else’s message makes no delivery of it', () => {
  const forged = received(3, 0, { cid: cid('forged'), device_pk: device(9) })
  const report = reportOn([sender(), receiver({ received: [received(1, 0), received(2, 0), forged] })])
  expect(report.tests).toMatchObject([{ delivered: 2, lost: 1, duplicated: 0 }])
})

test('messages too short for a header are known by their id, and those of other runs are left out', () => {
  const short = (name: string) => ({ group: 'g', cid: cid(name), device_pk: device(0), received_at: String(START) })
  const report = reportOn([sender(), receiver({ received: [short('m1'), short('m3'), short('of-another-run')] })])
  expect(report.tests).toMatchObject([{ delivered: 2, lost: 1, duplicated: 0 }])
})

test('out of order counts first copies, as their receiver flagged them', () => {
  const report = reportOn([
    sender(),
    receiver({
      received: [
        received(2, 0),
        received(1, 0, { out_of_order: true }),
        received(1, 0, { cid: cid('twin'), out_of_order: true }),
        received(3, 0, { live: false }),
      ],
    }),
  ])
  expect(report.tests).toMatchObject([{ delivered: 3, out_of_order: 1, duplicated: 1 }])
})

test('what is first read after the end of the run is late, which is not lost, and fails nothing', () => {
  const late = received(3, 0, { received_at: String(END + 1) })
  const onTime = received(2, 0, { received_at: String(END) })
  const report = reportOn([sender(), receiver({ received: [received(1, 0), onTime, late] })])
  expect(report.tests).toMatchObject([{ expected: 3, delivered: 2, late: 1, lost: 0, delivery_ratio: 2 / 3 }])
  expect(report).toMatchObject({ verdict: 'passed', complete: true })
})

test('a later report moves messages from lost to late, and changes nothing else', () => {
  const acks = [ack(1, 1, 20_000), ack(2, 1, 40_000)]
  const sends = { sent: numbers.map((n) => sent(n)) }
  const copies = [received(1, 0), received(2, 0, { live: false })]
  const first = reportOn([{ ...sender(), pages: [sends, { acks }] }, receiver({ received: copies })])
  const lateAck = { ...ack(3, 1, 70_000_000), received_at: String(END + 9) }
  const again = { received_at: String(END + 5) }
  const later = reportOn([
    { ...sender(), pages: [sends, { acks: [...acks, lateAck] }] },
    // The late one comes twice, and one that was in time comes once more under another id.
    receiver({
      received: [
        ...copies,
        received(3, 0, again),
        received(3, 0, again),
        received(1, 0, { ...again, cid: cid('twin') }),
      ],
    }),
  ])
  const withoutLoss = (report: typeof first) => report.pairs.map(({ late: _late, lost: _lost, ...rest }) => rest)
  expect(first.pairs).toMatchObject([{ late: 0, lost: 1, acknowledged: 2 }])
  expect(later.pairs).toMatchObject([{ late: 1, lost: 0, acknowledged: 2 }])
  expect(withoutLoss(later)).toEqual(withoutLoss(first))
})

test('latencies are those of live receptions; what was first read from the history has its own', () => {
  const away = received(3, 0, { live: false, received_at: String(START + 30_000_000) })
  const report = reportOn([sender(), receiver({ received: [received(1, 0), received(2, 0), away] })])
  const [total] = report.tests
  expect(total).toMatchObject({ delivered: 3, latency_ms: { p50: 5, max: 5 } })
  expect(total?.from_history).toEqual({ count: 1, p50: 29_997, p90: 29_997, p99: 29_997 })
})

test.each<[string, readonly APeer[], boolean]>([
  ['is when every part is there and done', [sender(), receiver()], true],
  ['is not while a part runs', [sender({ test: { state: 'DRAINING' } }), receiver()], false],
  ['is not while a host has not answered', [sender(), { error: 'away' }], false],
])('a report is complete: %s', (_name, peers, complete) => {
  expect(reportOn(peers).complete).toBe(complete)
})

test('the end of a run is that of its last test on any host', () => {
  const late = received(3, 0, { received_at: String(END + 5) })
  const report = reportOn([
    sender(),
    {
      epochs: [[0]],
      test: { ended_at: String(END + 10) },
      pages: [{ received: [received(1, 0), received(2, 0), late] }],
    },
  ])
  expect(report.tests).toMatchObject([{ expected: 3, delivered: 3 }])
})

test('clocks are brought together by their offsets, and the bounds of both add up', () => {
  const fast = (us: number): string => String(START + us + 1_000_000)
  const report = reportOn([
    { ...sender(), clock: { offsetUs: -500, errorUs: 200 } },
    {
      clock: { offsetUs: 1_000_000, errorUs: 300 },
      pages: [{ received: numbers.map((n) => received(n, 0, { received_at: fast(n * 1_000 + 5_000) })) }],
    },
  ])
  expect(report.tests[0]?.latency_ms).toMatchObject({ p50: 4.5, max: 4.5, clock_error: 0.5 })
})

test('without a clock there is no latency, and everything else is counted', () => {
  const report = reportOn([sender(), { clock: undefined, pages: [{ received: numbers.map((n) => received(n, 0)) }] }])
  expect(report.tests).toMatchObject([{ delivered: 3 }])
  expect(report.tests[0]?.latency_ms).toEqual({
    p50: null,
    p90: null,
    p95: null,
    p99: null,
    max: null,
    clock_error: null,
  })
  expect(report.peers[1]).toMatchObject({ clock_offset_ms: null, clock_error_ms: null })
})

test('a pair with an unknown clock and nothing delivered claims no bound of error', () => {
  const report = reportOn([sender(), { clock: undefined }])
  expect(report.pairs[0]?.latency_ms.clock_error).toBeNull()
})

test('acknowledgements are counted apart, by who gave them, on the sender’s clock alone', () => {
  const acks = [ack(1, 1, 20_000), ack(2, 1, 40_000), ack(3, 1, -1)]
  const report = reportOn([
    { ...sender(), pages: [{ sent: numbers.map((n) => sent(n)) }, { acks }] },
    { pages: [{ acks: [ack(1, 1, 1)] }] },
  ])
  expect(report.tests).toMatchObject([{ acknowledged: 3, delivered: 0, ack_ms: { p50: 20, max: 40, clock_error: 0 } }])
})

test('a send that failed is expected nowhere and fails the run', () => {
  const report = reportOn([
    { epochs: [[1]], pages: [{ sent: [sent(1), sent(2, { outcome: 'ERROR' })] }] },
    receiver({ received: [received(1, 0)] }),
  ])
  expect(report.tests).toMatchObject([{ sent: 1, send_errors: 1, expected: 1, delivered: 1 }])
  expect(report).toMatchObject({ verdict: 'failed', reasons: ['t in g: 1 sends failed'] })
})

test('a send with an unknown end is counted so, wherever it came out', () => {
  const report = reportOn([
    { epochs: [[1]], pages: [{ sent: [sent(1), sent(2, { outcome: 'UNKNOWN' })] }] },
    receiver({ received: [received(1, 0), received(2, 0)] }),
  ])
  expect(report.tests).toMatchObject([{ sent: 1, sent_unknown: 1, expected: 1, delivered: 1, duplicated: 0 }])
  expect(report.verdict).toBe('passed')
})

test.each([
  ['was stopped', { end: 'STOPPED' }, 't in g at p0 was stopped'],
  ['failed', { end: 'FAILED', reason: 'no Berty' }, 't in g at p0 was given up: no Berty'],
] as const)('a run of which a part %s is aborted, whatever is lost', (_, state, reason) => {
  const report = reportOn([{ ...sender(), test: state }, receiver()])
  expect(report.verdict).toBe('aborted')
  expect(report.reasons[0]).toBe(reason)
})

test('a run of which a part still runs is judged later, even where another part could not be had', () => {
  const running = { ...sender(), test: { state: 'RUNNING', end: 'END_UNSPECIFIED' } as const }
  const report = reportOn([running, receiver()])
  expect(report).toMatchObject({ verdict: 'running', complete: false })
  expect(report.reasons[0]).toBe('t in g at p0 still runs')
  expect(reportOn([running, { error: 'no answer' }])).toMatchObject({ verdict: 'running', complete: false })
})

test('a part that could not be had aborts the run, and says why', () => {
  const report = reportOn([{ ...sender(), epochs: [[]] }, { error: 'no answer' }])
  expect(report).toMatchObject({ verdict: 'aborted', reasons: ['the part of p1 could not be had: no answer'] })
  expect(report.peers[1]).toMatchObject({ name: 'p1', error: 'no answer', device_pk: null })
})

test('a run in which none of the hosts sends has not passed', () => {
  const report = reportOn([receiver({ received: [received(1, 0)] })])
  expect(report).toMatchObject({
    verdict: 'aborted',
    reasons: ['none of these hosts sends in this run'],
    run: { started: null, ended: null },
  })
})
