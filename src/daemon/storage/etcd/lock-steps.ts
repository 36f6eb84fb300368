import { found, type StoredValue } from './answers.js'
import type { Outcome, Step } from './batches.js'
import { LOCKED, UNLOCKED } from './keys.js'
import type { Session } from './membership.js'
import { get, hasValue, isStill, nested, NEVER, type Operation, put, type Transaction } from './operations.js'
import type { StoredValues } from './reads.js'

/** Whether a lock key says that somebody has it. */
export const isLocked = (stored: { readonly value: Uint8Array } | undefined): boolean =>
  stored !== undefined && Buffer.from(stored.value).toString() === LOCKED

/** A lock as it was taken. */
export interface Taken {
  readonly values: StoredValues
  readonly revision: string
}

const take = (key: string, reads: readonly string[], { lost }: Session): Operation[] => [
  put(key, LOCKED, lost.lease),
  ...reads.map(get),
]

/** A lock that is absent or says `unlocked`: for etcd a value that is absent equals nothing, so that these are two questions. */
export const takeRequest = (key: string, reads: readonly string[], session: Session): Transaction => ({
  compare: [isStill(key, NEVER)],
  success: take(key, reads, session),
  failure: [nested({ compare: [hasValue(key, UNLOCKED)], success: take(key, reads, session), failure: [get(key)] })],
})

/** One whose key is there already, asked for as shortly as can be: where somebody has it nothing is told of it. */
export const shortTakeRequest = (key: string, reads: readonly string[], session: Session): Transaction => ({
  compare: [hasValue(key, UNLOCKED)],
  success: take(key, reads, session),
})

/** One that was put before under the same lease. */
export const retakeRequest = (
  key: string,
  reads: readonly string[],
  session: Session,
  revision: string,
): Transaction => ({
  compare: [isStill(key, revision)],
  success: take(key, reads, session),
})

export const unlockStep = (key: string, revision: string, session: Session): Step => ({
  request: { compare: [isStill(key, revision)], success: [put(key, UNLOCKED)] },
  session,
  keys: [key],
})

/** What was read with a lock, or the lock of somebody else. */
export function takenOf({
  succeeded,
  answers,
  revision,
}: Outcome): Taken | { readonly stored: StoredValue | undefined } {
  const inner = answers[0]?.nested
  const read = inner ? inner.answers : answers
  if (!succeeded && !inner?.succeeded) return { stored: found(read[0]) }
  return { values: read.slice(1).map(found), revision }
}
