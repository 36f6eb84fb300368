import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { leaveBehind } from '../../../../src/daemon/gateway/transport/leave.js'
import type { Leaving } from '../../../../src/daemon/gateway/transport/outlet.js'
import { UnreadAnswers } from '../../../../src/daemon/gateway/transport/unread-answers.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

class LeavingStandIn implements Leaving {
  isCut = false
  readonly #listeners: (() => void)[] = []
  cutOff(): void {
    this.isCut = true
    for (const listener of this.#listeners) listener()
  }
  onClose(listener: () => void): void {
    this.#listeners.push(listener)
  }
}

/** After how long an answer of so many bytes is cut that nobody takes. */
function cutAfter(bytes: number, leftMs?: number): number {
  const leaving = new LeavingStandIn()
  const all = new UnreadAnswers({ bytes: Infinity, bytesPerConnection: Infinity })
  const unread = all.open({ cut: () => undefined }, { cut: () => undefined })
  unread.add(bytes)
  leaveBehind(leaving, unread, leftMs)
  const start = Date.now()
  leaving.onClose(() => unread.remove(bytes))
  vi.runAllTimers()
  expect([leaving.isCut, all.bytes]).toEqual([true, 0])
  return Date.now() - start
}

test.each([
  ['a small answer has half a minute, and the whole seconds that are begun', 100, undefined, 31_000],
  ['a large one has more by its size', 3_200_000, undefined, 130_000],
  ['none has more than its deadline', 3_200_000, 5_000, 5_000],
  ['a deadline that is over leaves a moment', 100, -5, 1_000],
  ['a far deadline gives no more', 100, 1e9, 31_000],
])('%s', (_name, bytes, leftMs, expected) => {
  expect(cutAfter(bytes, leftMs)).toBe(expected)
})
