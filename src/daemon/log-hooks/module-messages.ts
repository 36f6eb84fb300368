import type { Identity, LogEvent } from './event.js'

/** What the daemon says to the process of a module. */
export type ToModule =
  | { readonly open: OpeningModule }
  | { readonly id: number; readonly events: readonly LogEvent[]; readonly skipped: number }

export interface OpeningModule {
  /** A path, or the name of a package. */
  readonly module: string
  /** Where a relative path, or the search for a package, begins. */
  readonly directory: string
  readonly options: Readonly<Record<string, unknown>>
  readonly identity: Identity
}

/** What that process answers. */
export interface FromModule {
  /** Of what it was asked; 0 is its opening. */
  readonly id: number
  readonly fault?: { readonly message: string; readonly isFinal: boolean; readonly afterMs: number | undefined }
}
