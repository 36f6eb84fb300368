import { describe, expect, test } from 'vitest'
import { progressLine, ProgressMeter } from '../../../../src/client/fleet/progress.js'
import { nextStep } from '../../../../src/client/fleet/live-tests.js'
import { testLine, testTable } from '../../../../src/client/fleet/tables.js'
import { testView } from '../../../../src/client/fleet/views.js'
import type { TestMessage } from '../../../../src/shared/wire/index.js'

const aTest = (changes: TestMessage = {}) =>
  testView({
    ...{ group: 'chat', test: '0', state: 'RUNNING', running: true, run_id: 'r1', plan: { amount: '400' } },
    ...changes,
  })
const widths = { nameWidth: 6, width: 120 }

describe('the line of a host', () => {
  test.each([80, 120])('has bar, rate and the time left, within %i columns', (width) => {
    const meter = new ProgressMeter('london')
    meter.update([aTest({ sent: '60' })], 0)
    meter.update([aTest({ sent: '100' })], 2_000)
    const line = progressLine(meter.read(), { ...widths, width })
    expect(line).toBe('london  █████░░░░░░░░░░░░░░░  25 %  100 of 400  20.0/s  15 s left')
    expect(line.length).toBeLessThanOrEqual(width)
  })

  test('tells the rate of the last seconds, not of the whole', () => {
    const meter = new ProgressMeter('p')
    for (let second = 0; second <= 60; second++)
      meter.update([aTest({ sent: String(second <= 30 ? second * 10 : 300 + (second - 30)) })], second * 1_000)
    expect(meter.read().rate).toBeCloseTo(1)
  })

  test.each<[string, TestMessage, string]>([
    ['that drains', { state: 'DRAINING', sent: '400' }, '100 %  400 of 400  draining'],
    ['that is stopped', { state: 'DONE', end: 'STOPPED', running: false, sent: '40' }, '10 %   40 of 400  stopped'],
    [
      'that failed',
      { state: 'DONE', end: 'FAILED', running: false, reason: 'no Berty' },
      '0 %    0 of 400  failed  no Berty',
    ],
    ['with losses', { sent: '10', send_errors: '1', sent_unknown: '2' }, '3 %   13 of 400  -/s  1 error  2 unknown'],
    [
      'that waits',
      { state: 'WAITING', sent: '40', reason: 'Berty is away: lost', waits: [{ since: '1000000', until: '0' }] },
      '10 %   40 of 400  waiting since 1970-01-01T00:00:01.000Z  Berty is away: lost',
    ],
  ])('of a test %s', (_name, changes, expected) => {
    const meter = new ProgressMeter('p')
    meter.update([aTest(changes)], 0)
    expect(progressLine(meter.read(), widths)).toContain(expected)
  })

  test('of a host that is away says so, and never wraps', () => {
    const meter = new ProgressMeter('p')
    meter.update([aTest({ sent: '100' })], 0)
    meter.goneAway('no control daemon answers at 10.0.0.7:9090: nothing listens there')
    const line = progressLine(meter.read(), { nameWidth: 1, width: 60 })
    expect(line).toMatch(/100 of 400 {2}away: no control/)
    expect(line).toHaveLength(60)
    meter.update([aTest({ sent: '101' })], 1)
    expect(progressLine(meter.read(), widths)).not.toContain('away')
  })

  test('without tests says that nothing runs', () => {
    expect(progressLine(new ProgressMeter('p').read(), widths)).toBe('p       nothing runs')
  })
})

describe('the next step', () => {
  const named = { program: 'infra', hosts: ['--inventory', 'hosts.yaml'] }
  test.each<[string, TestMessage[], string]>([
    ['of a run that is over: its verdict', [{ state: 'DONE', running: false }], 'test report r1'],
    ['of one that goes on: what there is', [{}, { state: 'DONE', running: false }], 'test report r1'],
    [
      'of a test that was never started: its start',
      [{ state: 'PLANNED', running: false, run_id: undefined }],
      'test start chat 0',
    ],
  ])('%s', (_name, tests, expected) => {
    expect(nextStep(tests.map(aTest), named)).toMatch(new RegExp(`\\n  infra ${expected}.* --inventory hosts.yaml$`))
  })
})

test('a test that waits says since when and why, in a table and in the lines of a pipe', () => {
  const waits = [{ since: '1000000', until: '0', reason: 'Berty is away: lost' }]
  const waiting = aTest({ state: 'WAITING', sent: '40', reason: 'Berty is away: lost', waits })
  for (const text of [testTable([{ peer: 'p', result: [waiting] }]), testLine('p', waiting)]) {
    expect(text).toContain('waiting since 1970-01-01T00:00:01.000Z')
    expect(text).toContain('Berty is away: lost')
  }
})
