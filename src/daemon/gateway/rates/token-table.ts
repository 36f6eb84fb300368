import { createHmac, randomBytes } from 'node:crypto'
import type { Tokens } from '../../../shared/tokens.js'

export interface TableBounds {
  /** Whoever has not all of his tokens back is remembered, as long as they are no more than these. */
  readonly most: number
  /** Those who come beyond that share so many buckets, each as large as that of one. */
  readonly common: number
}

const BOUNDS: TableBounds = { most: 50_000, common: 1_024 }

/**
 * The tokens of each of many, whom strangers may make up. Nobody who has spent is forgotten for somebody else: when too
 * many have, newcomers share what others would have for themselves, so that no number of names lets in more calls.
 */
export class TokenTable {
  readonly #open: (key: string) => Tokens
  readonly #bounds: TableBounds
  /** Who came last is the last. */
  readonly #known = new Map<string, Tokens>()
  readonly #common = new Map<string, Tokens>()
  readonly #salt = randomBytes(16)

  constructor(open: (key: string) => Tokens, bounds: TableBounds = BOUNDS) {
    this.#open = open
    this.#bounds = bounds
  }

  get size(): number {
    return this.#known.size + this.#common.size
  }

  of(key: string): Tokens {
    const known = this.#known.get(key)
    if (known) return this.#remember(key, known)
    this.#forgetSpare()
    if (this.#known.size >= this.#bounds.most) return this.#commonOf(key)
    const tokens = this.#open(key)
    // What was fetched has to be found again.
    return tokens.fetch ? this.#remember(key, tokens) : this.#rememberWhenTaken(key, tokens)
  }

  #remember(key: string, tokens: Tokens): Tokens {
    this.#known.delete(key)
    this.#known.set(key, tokens)
    return tokens
  }

  /** Only who takes a token costs memory; others, of this name or too many of other names, may have come before him. */
  #rememberWhenTaken(key: string, tokens: Tokens): Tokens {
    const remembered = (): Tokens => {
      const known = this.#known.get(key)
      if (known) return known
      return this.#known.size < this.#bounds.most ? this.#remember(key, tokens) : this.#commonOf(key)
    }
    return {
      has: () => tokens.has(),
      waitMs: () => tokens.waitMs(),
      isSpare: () => tokens.isSpare(),
      take: () => remembered().take(),
    }
  }

  /** A few at a time: who came last longest ago has his tokens back before the others. */
  #forgetSpare(): void {
    let looks = 4
    for (const [key, tokens] of this.#known) {
      if (looks-- === 0 || !tokens.isSpare()) return
      this.#known.delete(key)
    }
  }

  /** Which of them is not to be guessed, so that nobody can choose whom to share with. */
  #commonOf(key: string): Tokens {
    const digest = createHmac('sha256', this.#salt).update(key).digest()
    const name = `common-${digest.readUInt32BE() % this.#bounds.common}`
    const found = this.#common.get(name)
    if (found) return found
    const made = this.#open(name)
    this.#common.set(name, made)
    return made
  }
}
