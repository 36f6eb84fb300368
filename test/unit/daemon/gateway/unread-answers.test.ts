import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { UnreadAnswers } from '../../../../src/daemon/gateway/transport/unread-answers.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const connection = () => ({ cut: vi.fn() })

test('bytes that are taken make room again', () => {
  const answers = new UnreadAnswers({ bytes: 100, bytesPerConnection: 100 })
  const cut = vi.fn()
  const answer = answers.open(connection(), { cut })
  for (let i = 0; i < 10; i++) {
    answer.add(60)
    expect(answers.bytes).toBe(60)
    answer.remove(60)
  }
  expect([answers.bytes, answer.bytes]).toEqual([0, 0])
  expect(cut).not.toHaveBeenCalled()
})

test('what is exactly at the limit stays, one byte more cuts the oldest and no others', () => {
  const answers = new UnreadAnswers({ bytes: 100, bytesPerConnection: 100 })
  const cut: string[] = []
  const [a, b, c] = ['a', 'b', 'c'].map((name) => answers.open(connection(), { cut: () => cut.push(name) }))
  a?.add(30)
  b?.add(30)
  c?.add(40)
  expect(cut).toEqual([])
  c?.add(1)
  expect(cut).toEqual(['a'])
  expect(answers.bytes).toBe(71)
})

test('whoever has taken all he had, and has something new, is not the oldest any more', () => {
  const answers = new UnreadAnswers({ bytes: 100, bytesPerConnection: 100 })
  const cut: string[] = []
  const [reader, sleeper] = ['reader', 'sleeper'].map((name) =>
    answers.open(connection(), { cut: () => cut.push(name) }),
  )
  reader?.add(50)
  sleeper?.add(50)
  reader?.remove(50)
  reader?.add(51)
  expect(cut).toEqual(['sleeper'])
})

test('the share of a connection is its own', () => {
  const answers = new UnreadAnswers({ bytes: 1_000, bytesPerConnection: 100 })
  const cut: string[] = []
  const shared = connection()
  answers.open(connection(), { cut: () => cut.push('of another') }).add(90)
  answers.open(shared, { cut: () => cut.push('first') }).add(90)
  answers.open(shared, { cut: () => cut.push('second') }).add(20)
  expect(cut).toEqual(['first'])
})

test('a connection that does not give back the bytes of a cut answer is cut itself', () => {
  const answers = new UnreadAnswers({ bytes: 100, bytesPerConnection: 100 })
  const [stuck, fine] = [connection(), connection()]
  const cut = answers.open(fine, { cut: () => cut.remove(101) })
  cut.add(101)
  answers.open(stuck, { cut: () => undefined }).add(101)
  vi.advanceTimersByTime(1_000)
  expect(stuck.cut).toHaveBeenCalledOnce()
  expect(fine.cut).not.toHaveBeenCalled()
  expect(answers.bytes).toBe(0)
})
