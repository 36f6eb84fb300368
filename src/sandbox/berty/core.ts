import type { Delivery } from './delivery.js'
import type { Links } from './links.js'
import type { Random } from './random.js'
import type { Host, World } from './replica.js'
import type { Timers } from './timers.js'

export interface StoredMedia {
  readonly info: { mime_type?: string; filename?: string; display_name?: string }
  readonly bytes: Buffer
}

/** The network that all peers share. */
export interface Core extends World {
  readonly random: Random
  readonly timers: Timers
  readonly links: Links
  readonly delivery: Delivery
  /** Media by the text form of their id; only generation A has any. */
  readonly medias: Map<string, StoredMedia>
  readonly topology: Topology
  hosts(): readonly Host[]
}

/** Tells its watchers when connections have changed. */
export class Topology {
  readonly #watchers = new Set<() => void>()

  watch(act: () => void): () => void {
    this.#watchers.add(act)
    return () => this.#watchers.delete(act)
  }

  changed(): void {
    for (const act of [...this.#watchers]) act()
  }
}
