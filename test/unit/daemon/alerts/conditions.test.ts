import { describe, expect, test } from 'vitest'
import { type Condition, judge, type Memory, type Streaks } from '../../../../src/daemon/alerts/conditions.js'
import { partConditions } from '../../../../src/daemon/alerts/part-conditions.js'

const PATIENCE = { looks: 2, gapMs: 600_000 }
const away: Condition = { message: 'Away.', details: 'it is', level: 'ERROR' }

/** Looks one after the other, five seconds apart. */
class Looking {
  now = 1_000_000
  memory: Memory = {}
  streaks: Streaks = new Map()

  look(condition: Condition | undefined | 'unknown', afterMs = 5_000): string[] {
    this.now += afterMs
    const seen = condition === 'unknown' ? [] : [['it', condition] as const]
    const judged = judge(new Map(seen), { memory: this.memory, streaks: this.streaks, now: this.now }, PATIENCE)
    this.memory = judged.memory
    return judged.tellings.map(({ level, message }) => `${level} ${message}`)
  }
}

describe('a condition', () => {
  test('is told once, when it is seen twice in a row, and once that it is over', () => {
    const looking = new Looking()
    expect(looking.look(away)).toEqual([])
    expect(looking.look(away)).toEqual(['ERROR Away.'])
    for (let i = 0; i < 100; i++) expect(looking.look(away)).toEqual([])
    expect(looking.look(undefined)).toEqual([])
    expect(looking.look(undefined)).toEqual(['INFO Over: Away.'])
    for (let i = 0; i < 100; i++) expect(looking.look(undefined)).toEqual([])
  })

  test('that is seen now and then, but never twice in a row, is none', () => {
    const looking = new Looking()
    for (let i = 0; i < 100; i++) expect(looking.look(i % 2 === 0 ? away : undefined)).toEqual([])
  })

  test('that comes and goes is told no more often than once in ten minutes', () => {
    const looking = new Looking()
    const told: string[] = []
    // An hour of it, four looks each.
    for (let i = 0; i < 720; i++) told.push(...looking.look(i % 8 < 4 ? away : undefined))
    expect(told.filter((line) => line.startsWith('ERROR')).length).toBeLessThanOrEqual(6)
    expect(told.length).toBeLessThanOrEqual(12)
    expect(told.length).toBeGreaterThan(4)
  })

  test('that was told before a restart is not told again, and its end is', () => {
    const before = new Looking()
    before.look(away)
    before.look(away)
    const after = new Looking()
    after.memory = JSON.parse(JSON.stringify(before.memory)) as Memory
    expect([...after.look(away), ...after.look(away)]).toEqual([])
    expect([...after.look(undefined), ...after.look(undefined)]).toEqual(['INFO Over: Away.'])
  })

  test('that cannot be seen stays as it was', () => {
    const looking = new Looking()
    looking.look(away)
    looking.look(away)
    for (let i = 0; i < 10; i++) expect(looking.look('unknown')).toEqual([])
    expect([...looking.look(undefined), ...looking.look(undefined)]).toEqual(['INFO Over: Away.'])
  })

  test('about more than it was before is news, after a while', () => {
    const looking = new Looking()
    const about = (...channels: string[]): Condition => ({ ...away, about: channels })
    expect([...looking.look(about('1')), ...looking.look(about('1'))]).toEqual(['ERROR Away.'])
    expect(looking.look(about('1', '2'))).toEqual([])
    expect(looking.look(about('1', '2'), PATIENCE.gapMs)).toEqual(['ERROR Away.'])
    expect(looking.look(about('2'), PATIENCE.gapMs)).toEqual([])
  })
})

test('parts that are not well are errors, those to see to are warnings, and the service is told as ever', () => {
  const parts = [
    { part: 'service', ok: false, reason: 'it refuses connections' },
    { part: 'certificate', ok: true, reason: 'the certificate ends in 3 days' },
    { part: 'chain', ok: true },
    { part: 'berty', ok: false },
  ]
  expect(partConditions({ ready: false, parts })).toEqual([
    [
      'service',
      { message: 'Problem in calling Service Heartbeat endpoint.', details: 'it refuses connections', level: 'ERROR' },
    ],
    ['certificate', expect.objectContaining({ details: 'the certificate ends in 3 days', level: 'WARN' })],
    ['chain', undefined],
    ['berty', { message: 'berty has to be seen to.', details: '', level: 'ERROR' }],
  ])
})
