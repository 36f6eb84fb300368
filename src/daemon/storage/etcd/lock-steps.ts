import type { IRequestOp, ITxnRequest } from 'etcd3'
import type { Outcome, Step } from './batches.js'
import { LOCKED, UNLOCKED } from './keys.js'
import type { Session } from './membership.js'
import { found, get, hasValue, isStill, nested, NEVER, put, type StoredValue } from './operations.js'
import type { StoredValues } from './reads.js'

/** Whether a lock key says that somebody has it. */
export const isLocked = (stored: { readonly value: Uint8Array } | undefined): boolean =>
  stored !== undefined && Buffer.from(stored.value).toString() === LOCKED

/** A lock as it was taken. */
export interface Taken {
  readonly values: StoredValues
  readonly revision: string
}

const take = (key: string, reads: readonly string[], { lost }: Session): IRequestOp[] => [
  put(key, LOCKED, lost.lease),
  ...reads.map(get),
]

/** A lock that is absent or says `unlocked`: for etcd a value that is absent equals nothing, so that these are two questions. */
export const takeRequest = (key: string, reads: readonly string[], session: Session): ITxnRequest => ({
  compare: [isStill(key, NEVER)],
  success: take(key, reads, session),
  failure: [nested({ compare: [hasValue(key, UNLOCKED)], success: take(key, reads, session), failure: [get(key)] })],
})

/** One that was put before under the same lease. */
export const retakeRequest = (
  key: string,
  reads: readonly string[],
  session: Session,
  revision: string,
): ITxnRequest => ({
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
  responses,
  revision,
}: Outcome): Taken | { readonly stored: StoredValue | undefined } {
  const inner = responses[0]?.response_txn
  const answers = inner ? inner.responses : responses
  if (!succeeded && !inner?.succeeded) return { stored: found(answers[0]) }
  return { values: answers.slice(1).map(found), revision }
}
