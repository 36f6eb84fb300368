import { describe, expect, test } from 'vitest'
import type { TestPlan } from '../../../../../src/daemon/infra/contract/records.js'
import { checkPlan, checkStart, checkTestKey, warningOf } from '../../../../../src/daemon/infra/runs/plan.js'
import { aKey, aPlan } from '../../../../support/infra-builders.js'

const refusal = (over: Partial<TestPlan>): unknown => {
  try {
    checkPlan(aPlan(over))
    return 'allowed'
  } catch (refused) {
    return refused
  }
}

describe('a plan', () => {
  test.each<[Partial<TestPlan>, string]>([
    [{ size: 0 }, 'size: a whole number from 1 to 3000000, got 0'],
    [{ size: -1 }, 'size: a whole number from 1 to 3000000, got -1'],
    [{ size: 1.5 }, 'size: a whole number from 1 to 3000000, got 1.5'],
    [{ size: 3_000_001 }, 'size: a whole number from 1 to 3000000, got 3000001'],
    [{ size: 1_000_000_000 }, 'size: a whole number from 1 to 3000000, got 1000000000'],
    [{ type: 'media', size: 3 }, 'size: a whole number from 4 to 10000000, got 3'],
    [{ type: 'media', size: 2 ** 63 }, 'size: a whole number from 4 to 10000000, got 9223372036854776000'],
    [{ type: 'media', mediaAsText: true, size: 2_200_001 }, 'size: a whole number from 4 to 2200000, got 2200001'],
    [{ amount: -1 }, 'amount: a whole number from 0 to 1000000000, got -1'],
    [{ amount: -(2 ** 63) }, 'amount: a whole number from 0 to 1000000000, got -9223372036854776000'],
    [{ amount: Number.NaN }, 'amount: a whole number from 0 to 1000000000, got NaN'],
    [{ intervalMs: 0 }, 'interval: above 0 to 86400000 ms, got 0'],
    [{ intervalMs: -5 }, 'interval: above 0 to 86400000 ms, got -5'],
    [{ intervalMs: 2 ** 63 }, 'interval: above 0 to 86400000 ms'],
    [{ rate: 0 }, 'rate: above 0 to 1000, got 0'],
    [{ rate: Number.POSITIVE_INFINITY }, 'rate: above 0 to 1000, got Infinity'],
    [{ rate: 1, rampSeconds: -1 }, 'ramp_seconds: from 0 to 86400, got -1'],
    [{ rampSeconds: 1 }, 'ramp_seconds: only with a rate'],
    [{ drainMs: -1 }, 'drain: from 0 to 3600000 ms, got -1'],
    [{ seed: '' }, 'seed: 1 to 200 printable characters'],
    [{ seed: 'a\u0000' }, 'seed: 1 to 200 printable characters'],
    [{ mediaAsText: true }, 'media_as_text: only for media'],
    [{ type: 'video' as TestPlan['type'] }, 'type: text or media, got "video"'],
  ])('%j is refused with its bound', (over, text) => {
    expect(refusal(over)).toMatchObject({ kind: 'invalid-request', message: expect.stringContaining(text) })
  })

  test('tells every problem at once', () => {
    const { message } = refusal({ size: 0, amount: -1, intervalMs: 0 }) as Error
    expect(message.split(';')).toHaveLength(3)
  })

  test.each<[Partial<TestPlan>]>([
    [{ size: 1 }],
    [{ size: 3_000_000 }],
    [{ amount: 1_000_000_000 }],
    [{ intervalMs: 0.001 }],
    [{ rate: 0.1, intervalMs: 0, rampSeconds: 5 }],
    [{ type: 'media', size: 4, mediaAsText: true }],
  ])('%j is allowed', (over) => {
    expect(refusal(over)).toBe('allowed')
  })

  test('of long texts comes with a warning', () => {
    expect(warningOf(aPlan({ size: 580_000 }))).toBeUndefined()
    expect(warningOf(aPlan({ size: 580_001 }))).toContain('later, smaller message')
  })
})

test.each(['', 'x'.repeat(65), 'ü'.repeat(11), 'a\nb'])('a test is not called %j', (key) => {
  expect(() => checkTestKey(key)).toThrow('1 to 64 characters')
})

test.each(['0', 'x'.repeat(64), 'Prüfung 1/2'])('a test may be called %j', (key) => {
  expect(() => checkTestKey(key)).not.toThrow()
})

test.each([
  [{ run: '' }, 'run: 1 to 64'],
  [{ run: '../../etc' }, 'run: 1 to 64'],
  [{ amount: -1 }, 'amount: a whole number from 1 to 1000000000'],
  [{ waitMs: -1 }, 'wait: from 0 to 86400000 ms'],
  [{ at: 2 ** 63 }, 'start_at: from 0 to'],
  [{ waitFor: Array.from({ length: 10_001 }, () => aKey('d')) }, 'number of devices waited for'],
])('a start with %j is refused', (options, text) => {
  expect(() => checkStart(options, { nowUs: 1_700_000_000_000_000, planned: 1 })).toThrow(text)
})

test('a plan may leave the amount to the start, which has to say it then', () => {
  checkPlan(aPlan({ amount: 0 }))
  expect(() => checkStart({}, { nowUs: 0, planned: 0 })).toThrow('amount: a whole number from 1 to 1000000000, got 0')
  expect(() => checkStart({ amount: 7 }, { nowUs: 0, planned: 0 })).not.toThrow()
})
