import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { linkAbort, onAbort, Waiters } from '../../../src/shared/abort.js'

test('who listens is told once: of the abort, or at once of one that was; and no more after the end of the listening', () => {
  const long = new AbortController()
  const told: string[] = []
  onAbort(long.signal, () => told.push('ended'))[Symbol.dispose]()
  onAbort(undefined, () => told.push('of nothing'))[Symbol.dispose]()
  const act = (): number => told.push('twice')
  onAbort(long.signal, act)[Symbol.dispose]()
  onAbort(long.signal, act)
  expect(getEventListeners(long.signal, 'abort')).toHaveLength(1)
  long.abort()
  onAbort(long.signal, () => told.push('late'))
  expect(told).toEqual(['twice', 'late'])
})

test('a linked controller aborts with any of its signals, for that signal’s reason, and at once when one has aborted', () => {
  const [own, other] = [new AbortController(), new AbortController()]
  const reason = new Error('over')
  using _linked = linkAbort(own, new AbortController().signal, other.signal)
  expect(own.signal.aborted).toBe(false)
  other.abort(reason)
  expect(own.signal.reason).toBe(reason)
  const late = new AbortController()
  linkAbort(late, other.signal)
  expect(late.signal.reason).toBe(reason)
})

test('a link that is over leaves nothing with a signal that lives on', () => {
  const long = new AbortController()
  const own = new AbortController()
  linkAbort(own, long.signal)[Symbol.dispose]()
  expect(getEventListeners(long.signal, 'abort')).toEqual([])
  long.abort()
  expect(own.signal.aborted).toBe(false)
})

test('a waiter is woken by whoever tells or by its own signal, and forgotten either way', async () => {
  const waiters = new Waiters()
  const [giving, staying] = [new AbortController(), new AbortController()]
  const both = [waiters.wait(giving.signal), waiters.wait(staying.signal)]
  expect(waiters.count).toBe(2)
  giving.abort()
  await both[0]
  expect(waiters.count).toBe(1)
  waiters.wakeAll()
  await both[1]
  expect([waiters.count, getEventListeners(staying.signal, 'abort')]).toEqual([0, []])
  await waiters.wait(giving.signal)
  expect(waiters.count).toBe(0)
})
