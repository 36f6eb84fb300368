import { expect, test } from 'vitest'
import { PingStrikes } from '../../../../src/daemon/gateway/transport/http2/ping-strikes.js'

const MIN_MS = 1_000

/** PINGs at the given distances. @param written what was sent beside answers, before each */
function judge(distances: readonly number[], { written = 0, own = 0, minMs = MIN_MS } = {}): boolean[] {
  let [now, sent] = [0, 0]
  const strikes = new PingStrikes(
    minMs,
    () => sent,
    () => now,
  )
  return distances.map((distance) => {
    now += distance
    sent += written + own * 17
    for (let i = 0; i < own; i++) strikes.noteOwn()
    const verdict = strikes.isTooMuch()
    sent += 17
    return verdict
  })
}

test('the third PING that comes too soon is too many', () => {
  expect(judge([0, 10, 10, 10])).toEqual([false, false, false, true])
})

test('those that come slowly enough are not', () => {
  expect(judge(Array.from({ length: 100 }, () => MIN_MS))).not.toContain(true)
})

test('nor are those between which something was sent, be it a byte of an answer', () => {
  expect(
    judge(
      Array.from({ length: 100 }, () => 1),
      { written: 14 },
    ),
  ).not.toContain(true)
})

test('our own PINGs are nothing that was sent', () => {
  expect(judge([0, 10, 10, 10], { own: 2 })).toContain(true)
})

test('nor are answers that come together', () => {
  let sent = 0
  const strikes = new PingStrikes(
    MIN_MS,
    () => sent,
    () => 0,
  )
  // Something was sent once; then two PINGs come in each packet, and are answered after it.
  sent = 500
  const verdicts = [1, 2, 3, 4].flatMap(() => {
    const both = [strikes.isTooMuch(), strikes.isTooMuch()]
    sent += 34
    return both
  })
  expect(verdicts).toContain(true)
})

test('any number is taken where there is no bound', () => {
  expect(
    judge(
      Array.from({ length: 100 }, () => 0),
      { minMs: 0 },
    ),
  ).not.toContain(true)
})
