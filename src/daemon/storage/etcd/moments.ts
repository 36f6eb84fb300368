const EVERY_MS = 1_000
const MOST = 2_000

/** When etcd was at which revision, as far as this process has seen: etcd itself keeps no times. */
export class Moments {
  #seen: { readonly revision: bigint; readonly at: number }[] = []

  see(revision: bigint, at = Date.now()): void {
    const last = this.#seen.at(-1)
    if (last && (revision <= last.revision || at - last.at < EVERY_MS)) return
    this.#seen.push({ revision, at })
    // Old moments are kept less finely.
    if (this.#seen.length > MOST) this.#seen = this.#seen.filter((_, i) => i % 2 === 0 || i > MOST / 2)
  }

  /** Milliseconds since 1970 by which the revision was there; the truth is no later. */
  of(revision: bigint): number {
    return this.#seen.find((moment) => moment.revision >= revision)?.at ?? Date.now()
  }
}
