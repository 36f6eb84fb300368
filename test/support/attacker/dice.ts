import { type Random, randomOf } from '../../../src/shared/random.js'

/** Choices that a seed decides. */
export class Dice {
  readonly #random: Random

  constructor(seed: string) {
    this.#random = randomOf(seed)
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + this.#random.below(most - least + 1)
  }

  pick<T>(from: readonly T[]): T {
    return from[this.#random.below(from.length)] as T
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.#random.below(times) === 0
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.#random.below(256)))
  }
}
