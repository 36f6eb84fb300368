import { EventEmitter } from 'node:events'
import type { ServerHttp2Stream } from 'node:http2'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { leaveBehind } from '../../../../src/daemon/gateway/transport/leave.js'
import { leavingOn } from '../../../../src/daemon/gateway/transport/http2/leave.js'
import { UnreadAnswers } from '../../../../src/daemon/gateway/transport/unread-answers.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

class StreamStandIn extends EventEmitter {
  closed = false
  close(): void {
    this.closed = true
  }
  destroy(): void {
    this.emit('close')
  }
}

/** After how long an answer of so many bytes is cut that nobody takes. */
function cutAfter(bytes: number, leftMs?: number): number {
  const stream = new StreamStandIn()
  const all = new UnreadAnswers({ bytes: Infinity, bytesPerConnection: Infinity })
  const unread = all.open({ cut: () => undefined }, () => undefined)
  unread.add(bytes)
  leaveBehind(leavingOn(stream as unknown as ServerHttp2Stream), unread, leftMs)
  const start = Date.now()
  stream.once('close', () => unread.remove(bytes))
  vi.runAllTimers()
  expect([stream.closed, all.bytes]).toEqual([true, 0])
  return Date.now() - start
}

test.each([
  ['a small answer has half a minute', 100, undefined, 30_003],
  ['a large one has more by its size', 3_200_000, undefined, 130_000],
  ['none has more than its deadline', 3_200_000, 5_000, 5_000],
  ['a deadline that is over leaves a moment', 100, -5, 1_000],
  ['a far deadline gives no more', 100, 1e9, 30_003],
])('%s', (_name, bytes, leftMs, expected) => {
  expect(cutAfter(bytes, leftMs)).toBe(expected)
})
