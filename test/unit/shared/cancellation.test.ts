import { expect, test } from 'vitest'
import { Cancellation, unlessAborted } from '../../../src/shared/cancellation.js'

const first = new Error('first')

test('everybody who listens hears of it once, with the first reason; who stopped listening does not', () => {
  const over = new Cancellation()
  const heard: string[] = []
  over.onAbort(() => heard.push('a'))
  const stop = over.onAbort(() => heard.push('b'))
  over.onAbort((reason) => heard.push(reason.message))
  stop()
  over.abort(first)
  over.abort(new Error('second'))
  expect(heard).toEqual(['a', 'first'])
  expect(over.reason).toBe(first)
  expect(() => over.throwIfAborted()).toThrow(first)
})

test('who comes late hears of it at once', () => {
  const over = new Cancellation()
  over.abort(first)
  const heard: Error[] = []
  over.onAbort((reason) => heard.push(reason))()
  expect(heard).toEqual([first])
})

test.each(['before', 'after'])('a signal that is asked for %s it is over says so', (when) => {
  const over = new Cancellation()
  const early = when === 'before' ? over.signal : undefined
  over.abort(first)
  expect(early ?? over.signal).toMatchObject({ aborted: true, reason: first })
  expect(over.signal).toBe(early ?? over.signal)
})

test('a step is waited for until it is done or nobody wants it', async () => {
  const over = new Cancellation()
  expect(await unlessAborted(Promise.resolve(1), over)).toBe(1)
  await expect(unlessAborted(Promise.reject(new Error('step')), over)).rejects.toThrow('step')
  const waiting = unlessAborted(new Promise(() => undefined), over)
  over.abort(first)
  await expect(waiting).rejects.toBe(first)
})
