import { expect, test } from 'vitest'
import { Poller } from '../../../src/shared/poller.js'
import { until } from '../../support/until.js'

const HOUR = 3_600_000

test('waking a poller a hundred times during a turn makes one more turn', async () => {
  let turns = 0
  let finish = (): void => undefined
  await using poller = new Poller(
    () => HOUR,
    () => {
      turns++
      return new Promise<void>((done) => (finish = done))
    },
  )
  poller.wake()
  await until('the first turn is made', () => turns === 1)
  for (let i = 0; i < 100; i++) poller.wake()
  expect(turns).toBe(1)
  finish()
  await until('the second turn is made', () => turns === 2)
  finish()
  poller.wake()
  await until('the third turn is made', () => turns === 3)
  finish()
})

test('a turn that fails is followed by the next', async () => {
  let turns = 0
  await using _poller = new Poller(
    () => 1,
    () => Promise.reject(new Error(`turn ${++turns}`)),
  )
  await until('more than three turns are made', () => turns > 2)
})

test('closing waits for the turn under way and starts no other', async () => {
  let turns = 0
  let finish = (): void => undefined
  const poller = new Poller(
    () => 1,
    () => {
      turns++
      return new Promise<void>((done) => (finish = done))
    },
  )
  await until('the first turn is made', () => turns === 1)
  let isClosed = false
  const closing = poller[Symbol.asyncDispose]().then(() => (isClosed = true))
  await new Promise(setImmediate)
  expect(isClosed).toBe(false)
  finish()
  await closing
  expect(turns).toBe(1)
})
