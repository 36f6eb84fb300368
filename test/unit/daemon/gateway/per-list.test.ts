import { expect, test } from 'vitest'
import { HeaderList, perList } from '../../../../src/daemon/gateway/header-list.js'

test('what was made of a list is made once while the list comes again, and anew for another one that says the same', () => {
  let times = 0
  const lengthOf = perList((list) => {
    times++
    return { length: list.length }
  })
  const list = ['a', '1']
  const made = lengthOf(list)
  for (let i = 0; i < 20; i++) lengthOf([])
  expect(lengthOf(list)).toBe(made)
  expect(times).toBe(21)
  expect(lengthOf([...list])).not.toBe(made)
})

test('only the last few lists are remembered, and no faults', () => {
  let times = 0
  const judge = perList((list) => {
    times++
    if (list.length === 0) throw new Error('empty')
    return list.length
  })
  const list = ['a', '1']
  judge(list)
  for (let i = 0; i < 1_000; i++) judge([String(i)])
  judge(list)
  expect(times).toBe(1_002)
  const empty: string[] = []
  expect(() => judge(empty)).toThrow('empty')
  expect(() => judge(empty)).toThrow('empty')
})

test('what is added to a list after it was read makes another list of it', () => {
  const sizeOf = perList((list) => list.length)
  const list = new HeaderList().add('a', '1')
  expect(sizeOf(list.fields)).toBe(2)
  expect(sizeOf(list.add('b', '2').fields)).toBe(4)
})
