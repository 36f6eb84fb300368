/**
 * A setting or identity that may be replaced while the daemon runs. Holders keep the `Live` and read `current`
 * at each use, so that a reload reaches them without a global and without a restart.
 */
export interface Live<T> {
  readonly current: T
}

/** A part of a snapshot; it follows when the whole is replaced. */
export const partOf = <T, Part>(whole: Live<T>, read: (current: T) => Part): Live<Part> => ({
  get current() {
    return read(whole.current)
  },
})

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
