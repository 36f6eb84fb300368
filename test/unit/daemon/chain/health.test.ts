import { expect, test } from 'vitest'
import { judgeHealth } from '../../../../src/daemon/chain/health.js'

test('a view is healthy up to the stale limit', () => {
  expect(judgeHealth({ block: 7n, ageMs: 300_000 }, 300_000)).toEqual({ ok: true, block: 7n, ageMs: 300_000 })
})

test('an old view tells how long there was no block', () => {
  expect(judgeHealth({ block: 7n, ageMs: 320_900 }, 300_000)).toEqual({
    ok: false,
    reason: 'no block for 320 s',
    block: 7n,
    ageMs: 320_900,
  })
})

test('a view of nothing is not healthy', () => {
  expect(judgeHealth(undefined, 300_000)).toEqual({ ok: false, reason: 'no block was seen' })
})
