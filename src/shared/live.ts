/**
 * A setting or identity that may be replaced while the daemon runs. Holders keep the `Live` and read `current`
 * at each use, so that a reload reaches them without a global and without a restart.
 */
export interface Live<T> {
  readonly current: T
}

export interface Replaceable<T> extends Live<T> {
  replace(next: T): void
}

export function live<T>(first: T): Replaceable<T> {
  let current = first
  return {
    get current() {
      return current
    },
    replace(next) {
      current = next
    },
  }
}
