import type { Findings } from './figures.js'

/** What a part of the suite is handed. */
export interface Bench {
  readonly findings: Findings
  readonly rounds: number
  /** How long one target is under one load, about. */
  readonly seconds: number
  /** A directory for what passes. */
  readonly directory: string
  /** Calls of the part that looks at memory. */
  readonly calls: number
  /** Fewer shapes, where there are many. */
  readonly isQuick: boolean
}

/** A part of the suite, which may be run alone. */
export interface Part {
  readonly name: string
  /** For the help text. */
  readonly purpose: string
  /** Only run when it is named. */
  readonly isApart?: boolean
  readonly run: (bench: Bench) => Promise<void>
}

/** Those that are named, or all that need not be. Error: there is none of that name. */
export function chooseParts(parts: readonly Part[], names: readonly string[]): readonly Part[] {
  const unknown = names.find((name) => !parts.some((part) => part.name === name))
  if (unknown !== undefined) throw new Error(`there is no part "${unknown}"; npm run bench -- --help has them all`)
  return names.length > 0
    ? parts.filter(({ name }) => names.includes(name))
    : parts.filter(({ isApart }) => isApart !== true)
}
