import type { LinkSettings, Settings } from './settings.js'

export interface KeyDelay {
  /** Added before the chain key is written: what is sent until then can never be read. */
  readonly writeMs: number
  /** Added before a written key arrives: what is sent until then is withheld, and released in a burst. */
  readonly arriveMs: number
}

const NO_DELAY: KeyDelay = { writeMs: 0, arriveMs: 0 }

const path = (from: string, to: string): string => JSON.stringify([from, to])

/** Who can talk to whom, and how well; by names of peers, one direction each. */
export class Links {
  readonly #cut = new Set<string>()
  readonly #links = new Map<string, LinkSettings>()
  readonly #keys = new Map<string, KeyDelay>()

  constructor(private readonly settings: Settings) {}

  isOpen(from: string, to: string): boolean {
    return this.#cut.size === 0 || !this.#cut.has(path(from, to))
  }

  between(from: string, to: string): LinkSettings {
    if (this.#links.size === 0) return this.settings.link
    return this.#links.get(path(from, to)) ?? this.settings.link
  }

  set(from: string, to: string, link: Partial<LinkSettings>): void {
    this.#links.set(path(from, to), { ...this.between(from, to), ...link })
  }

  cut(ones: readonly string[], others: readonly string[]): void {
    for (const one of ones)
      for (const other of others) if (one !== other) this.#cut.add(path(one, other)).add(path(other, one))
  }

  heal(): void {
    this.#cut.clear()
  }

  keyDelay(from: string, to: string): KeyDelay {
    return this.#keys.get(path(from, to)) ?? NO_DELAY
  }

  delayKey(from: string, to: string, delay: Partial<KeyDelay>): void {
    this.#keys.set(path(from, to), { ...NO_DELAY, ...delay })
  }
}
