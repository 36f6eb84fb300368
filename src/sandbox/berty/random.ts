import { randomOf } from '../../shared/random.js'

/** From and to, both included, in milliseconds unless said otherwise. */
export type Range = readonly [least: number, most: number]

/** The same seed gives the same draws in the same order. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  between(range: Range): number
  chance(probability: number): boolean
  bytes(length: number): Buffer
  uint64(): bigint
  /** The same items in another order; the argument stays as it is. */
  shuffled<T>(items: readonly T[]): T[]
  /** A generator of its own, so that what one part draws does not move the draws of another. */
  fork(name: string): Random
}

/** The draws of one generator in the forms that the fake network wants. */
export function createRandom(seed: string): Random {
  const drawn = randomOf(seed)
  const uint32 = (): number => drawn.uint32()
  const next = (): number => uint32() / 2 ** 32
  return {
    next,
    between: ([least, most]) => least + next() * (most - least),
    chance: (probability) => next() < probability,
    bytes: (length) => drawBytes(length, uint32),
    uint64: () => (BigInt(uint32()) << 32n) | BigInt(uint32()),
    shuffled: (items) => shuffle([...items], next),
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}

function drawBytes(length: number, uint32: () => number): Buffer {
  const padded = Buffer.allocUnsafe(Math.ceil(length / 4) * 4)
  for (let at = 0; at < length; at += 4) padded.writeUInt32LE(uint32(), at)
  return padded.subarray(0, length)
}

function shuffle<T>(items: T[], next: () => number): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1))
    const held = items[last] as T
    items[last] = items[other] as T
    items[other] = held
  }
  return items
}
