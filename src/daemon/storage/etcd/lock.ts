import type { Cancelled } from '../../../shared/cancellation.js'
import type { Session } from './membership.js'
import type { Comparison, Operation } from './operations.js'
import type { StoredValues } from './reads.js'
import type { Loss } from './right.js'

/** A lock of this process. */
export interface Lock {
  readonly key: string
  readonly session: Session
  readonly lost: Loss
  /** Milliseconds since 1970. */
  readonly since: number
  readonly by: string
  /** What was read with it, in the transaction that took it. */
  readonly values: StoredValues
  /** The lock as it was put; undefined once it is not ours any more, for whatever reason. */
  revision: string | undefined
}

/** Whether it is known not to be ours any more. */
export const isGivenBack = ({ revision, session }: Lock): boolean => revision === undefined || session.lost.aborted

/** What whoever takes a lock asks for. */
export interface Wanted {
  /** Keys that are read with it. */
  readonly reads?: readonly string[]
  readonly by?: string
  readonly waitMs?: number
  readonly cancelled?: Cancelled | undefined
}

/** What is done under a lock, which is given back with it. */
export interface Commit {
  readonly compare: readonly Comparison[]
  readonly changes: readonly Operation[]
  /** Keys beside the lock that are compared or changed. */
  readonly reads: readonly string[]
  readonly bytes: number
  /** See `Step`. */
  readonly isNoted?: boolean
}

export type Committed =
  { readonly isDone: true; readonly revision: string } | { readonly isDone: false; readonly values: StoredValues }

export interface Looked {
  readonly isOurs: boolean
  readonly values: StoredValues
}
