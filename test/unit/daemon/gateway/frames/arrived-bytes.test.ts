import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ArrivedBytes } from '../../../../../src/daemon/gateway/frames/arrived-bytes.js'
import { Dice } from '../../../../support/attacker/dice.js'

const readAll = (arrived: ArrivedBytes): Buffer[] => {
  const parts: Buffer[] = []
  for (let part = arrived.shift(); part; part = arrived.shift()) parts.push(part)
  return parts
}

/** Memory that the parts keep: what each lies in, once. */
const kept = (parts: readonly Buffer[]): number =>
  [...new Set(parts.map(({ buffer }) => buffer))].reduce((sum, { byteLength }) => sum + byteLength, 0)

describe('what has come is read in order, whatever the pieces and whoever reads in between', () => {
  test.each(Array.from({ length: 40 }, (_none, seed) => seed))('seed %i', (seed) => {
    const dice = new Dice(`arrived/${seed}`)
    const arrived = new ArrivedBytes()
    const [sent, read]: [Buffer[], Buffer[]] = [[], []]
    let unread = 0
    for (let step = 0; step < 300; step++) {
      const socketRead = randomBytes(dice.pick([10, 2_000, 20_000]))
      const from = dice.between(0, socketRead.length - 1)
      const piece = socketRead.subarray(from, from + dice.pick([1, 3, 900, 3_000, 16_384]))
      sent.push(piece)
      unread += piece.length
      arrived.push(piece)
      if (dice.oneIn(4)) {
        const part = arrived.shift()
        if (part && dice.oneIn(3)) arrived.putBack(part)
        else if (part) {
          read.push(part)
          unread -= part.length
        }
      }
      expect([arrived.bytes, arrived.isEmpty]).toEqual([unread, unread === 0])
    }
    read.push(...readAll(arrived))
    expect(Buffer.concat(read).equals(Buffer.concat(sent))).toBe(true)
    expect(arrived.isEmpty).toBe(true)
  })
})

test('one piece stays where it came, and so do large ones behind it', () => {
  const arrived = new ArrivedBytes()
  const socketRead = Buffer.alloc(65_536)
  const pieces = [socketRead.subarray(9, 12), socketRead.subarray(100, 100 + 16_384)]
  for (const piece of pieces) arrived.push(piece)
  const parts = readAll(arrived)
  expect(parts.map(({ buffer }) => buffer)).toEqual(pieces.map(({ buffer }) => buffer))
  expect(parts[1]).toBe(pieces[1])
})

test('many small pieces of large reads keep little more than their bytes', () => {
  const arrived = new ArrivedBytes()
  for (let i = 0; i < 1_000; i++) arrived.push(Buffer.alloc(65_536).subarray(i, i + 1_500))
  const parts = readAll(arrived)
  expect(Buffer.concat(parts)).toHaveLength(1_500_000)
  expect(kept(parts)).toBeLessThan(2 * 1_500_000 + 65_536)
  expect(parts.length).toBeLessThan(600)
})
