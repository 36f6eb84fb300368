import { randomOf } from '../../shared/random.js'

/** The least and the most, both included; in milliseconds unless said otherwise. */
export type Range = readonly [least: number, most: number]

/** The same seed gives the same draws in the same order. */
export interface Random {
  /** At least 0 and less than 1. */
  next(): number
  between(range: Range): number
  chance(probability: number): boolean
  bytes(length: number): Buffer
  uint64(): bigint
  /** The same items in random order, as a new array. */
  shuffled<T>(items: readonly T[]): T[]
  /** Makes an independent generator, so that the draws of one part do not shift those of another. */
  fork(name: string): Random
}

/** Offers the draws of one generator in the forms that the fake network needs. */
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
