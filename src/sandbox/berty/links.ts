import type { LinkSettings, Settings } from './settings.js'

export interface KeyDelay {
  /** Delays the writing of the chain key: the other can never read a message sent before that. */
  readonly writeMs: number
  /** Delays the arrival of a written key: messages that come earlier are withheld, then released in a burst. */
  readonly arriveMs: number
}

const NO_DELAY: KeyDelay = { writeMs: 0, arriveMs: 0 }

const path = (from: string, to: string): string => JSON.stringify([from, to])

/** Which peers can reach each other, and how well: by names of peers, each direction by itself. */
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
