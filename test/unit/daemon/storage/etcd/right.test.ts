import { expect, test } from 'vitest'
import { Loss, Right } from '../../../../../src/daemon/storage/etcd/right.js'

/** Stops the whole process for a while, as SIGSTOP does: no timer runs meanwhile. */
const stopFor = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

test('a right whose time is over is lost for whoever asks first, before any timer has run', () => {
  const right = new Right('1', performance.now() + 30)
  const hold = new Loss(right)
  const heard: string[] = []
  hold.onAbort((reason) => heard.push(reason.message))
  expect(hold.aborted).toBe(false)
  stopFor(40)
  expect(() => hold.throwIfAborted()).toThrow('lost its right to the payment store')
  expect(heard).toHaveLength(1)
  right.extend(performance.now() + 1_000)
  expect(right.aborted).toBe(true)
})

test('it is lost by itself when nobody asks', async () => {
  const right = new Right('1', performance.now() + 20)
  expect(await new Promise((done) => right.onAbort(done))).toMatchObject({ kind: 'unavailable' })
})

test('what was given back is not lost any more', () => {
  const right = new Right('1', performance.now() + 60_000)
  const hold = new Loss(right)
  const heard: unknown[] = []
  hold.onAbort((reason) => heard.push(reason))
  hold.settle()
  right.abort(new Error('gone'))
  expect(heard).toEqual([])
})
