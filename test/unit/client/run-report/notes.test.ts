import { describe, expect, test } from 'vitest'
import { renderReport } from '../../../../src/client/fleet/index.js'
import { reportFaults } from '../../../support/report-schema.js'
import { END, received, reportOn, sent, START } from './a-run.js'

describe('beside the numbers', () => {
  const tenSends = Array.from({ length: 8 }, (_, at) => sent(at + 1))
  const plan = { type: 'TEXT', size: '300', seed: '7', amount: '10' } as const

  test('a run that sent less than its amount says so, and what was interrupted fails nothing', () => {
    const cutOff = [9, 10].map((sequence) => sent(sequence, { outcome: 'ERROR', reason: 'interrupted' }))
    const receiver = { pages: [{ received: tenSends.map(({ sequence }) => received(Number(sequence), 0)) }] }
    const report = reportOn([{ epochs: [[1]], test: { plan }, pages: [{ sent: [...tenSends, ...cutOff] }] }, receiver])
    expect(report).toMatchObject({ verdict: 'passed', tests: [{ sent: 8, send_errors: 2, expected: 8, lost: 0 }] })
    expect(report.notes).toEqual(['t in g at p0 sent 8 of 10: 2 interrupted'])
    const refused = sent(9, { outcome: 'ERROR', reason: 'Berty is away: lost' })
    const worse = reportOn([{ epochs: [[1]], test: { plan }, pages: [{ sent: [...tenSends, refused] }] }, receiver])
    expect(worse).toMatchObject({ verdict: 'failed', reasons: ['t in g: 1 sends failed'] })
    expect(worse.notes).toEqual(['t in g at p0 sent 8 of 10: 1 Berty is away: lost'])
  })

  test('a test that waits says since when and what for; one that has waited how long', () => {
    const wait = { since: String(START), until: '0', reason: 'Berty is away: lost' }
    const waiting = reportOn([{ epochs: [[]], test: { state: 'WAITING', reason: wait.reason, waits: [wait] } }])
    expect(waiting).toMatchObject({ verdict: 'running', complete: false })
    expect(waiting.reasons).toEqual(['t in g at p0 waits: Berty is away: lost'])
    const since = new Date(START / 1_000).toISOString()
    expect(waiting.notes).toEqual([`t in g at p0 could not send once, and waits since ${since}: Berty is away: lost`])
    const waits = [1, 2].map((at) => ({ ...wait, until: String(START + at * 1_500_000) }))
    expect(reportOn([{ epochs: [[]], test: { waits } }]).notes).toEqual([
      't in g at p0 could not send 2 times, 4.5 s in all; last: Berty is away: lost',
    ])
  })

  test('a daemon of an older version knows no late: it is not 0, and the report says so', () => {
    const late = received(2, 0, { received_at: String(END + 1) })
    const sends = { epochs: [[1, 2]], pages: [{ sent: [sent(1), sent(2), sent(3)] }] }
    const report = reportOn([
      sends,
      { isOlder: true, pages: [{ received: [received(1, 0), late] }] },
      { pages: [{ received: [received(1, 0), late] }] },
    ])
    expect(report.pairs).toMatchObject([
      { to: 'p1', expected: 3, delivered: 2, late: null, lost: 1 },
      { to: 'p2', expected: 3, delivered: 1, late: 1, lost: 1 },
    ])
    expect(report.tests).toMatchObject([{ late: null }])
    expect(report.notes).toEqual([
      'the control daemon of p1 is of an older version and does not tell late from delivered: late is unknown there',
    ])
    expect(reportFaults(report)).toEqual([])
    expect(renderReport(report)).toMatch(/late[\s\S]*\?[\s\S]*Note: the control daemon of p1/)
  })
})
