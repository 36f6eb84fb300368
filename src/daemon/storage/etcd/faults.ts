import { messageOf, SnetError } from '../../../shared/errors.js'

/** etcd did not answer, so nobody knows whether it did what it was asked for. */
export class Unanswered extends Error {}

/** Nor did it tell afterwards whether a change was made. */
export class Unknown extends Unanswered {}

/** etcd did not answer, and will do nothing more of what it was asked for: what it has done can be read. */
export class Unsure extends Error {
  /** @param doneAt the revision of what it has done; undefined where that is nothing, or the request was not noted */
  constructor(
    message: string,
    options: ErrorOptions,
    readonly doneAt?: string,
  ) {
    super(message, options)
  }
}

/** What answers is not the etcd in which payments are kept. */
export class AnotherEtcd extends Error {}

/** The question could not be written, which is a fault of ours: nothing of it was sent, so nothing was done. */
export class Unwritten extends Error {}

/** etcd said no, and did nothing. */
export class Refused extends Error {
  get isTooMany(): boolean {
    return this.message.includes('too many operations')
  }

  get isLeaseGone(): boolean {
    return this.message.includes('requested lease not found')
  }
}

/** Answers by which etcd tells that nothing was done. Any other failure may have come after the deed. */
const REFUSALS = [
  'too many operations',
  'requested lease not found',
  'duplicate key given',
  'request is too large',
  'permission denied',
  'authentication failed',
  'authentication is not enabled',
  'invalid auth token',
  'user name is empty',
  'database space exceeded',
  'required revision has been compacted',
  'lease already exists',
]

export type Fault = Unanswered | Refused | Unwritten

export function toFault(thrown: unknown): Fault {
  if (thrown instanceof Unanswered || thrown instanceof Refused || thrown instanceof Unwritten) return thrown
  const message = messageOf(thrown)
  const Kind = REFUSALS.some((text) => message.includes(text)) ? Refused : Unanswered
  return new Kind(message, { cause: thrown })
}

export const noAnswer = (cause: unknown): SnetError =>
  new SnetError('unavailable', 'the payment store (etcd) does not answer', {
    cause,
    hint: 'The call cost nothing: send the payment again a little later.',
  })

export const unknownState = (cause: unknown): SnetError =>
  new SnetError('unavailable', 'payment state unknown, read the channel state', {
    cause,
    hint: 'The payment store (etcd) did not answer: the payment may be kept, or not.',
  })

export const rightLost = (why: string): SnetError =>
  new SnetError('unavailable', `this daemon lost its right to the payment store: ${why}`, {
    hint: 'The call cost nothing: send the payment again a little later.',
  })

/** What rooms above are told of a fault of etcd. */
export function toStoreError(fault: unknown, doing: string): SnetError {
  if (fault instanceof SnetError) return fault
  if (fault instanceof Refused)
    return new SnetError('storage-failed', `${doing}: etcd says ${fault.message}`, { cause: fault })
  if (fault instanceof Unknown) return unknownState(fault)
  if (fault instanceof Unanswered || fault instanceof Unsure) return noAnswer(fault)
  if (fault instanceof Unwritten) return new SnetError('bug', doing, { cause: fault })
  return new SnetError('storage-failed', doing, { cause: fault })
}
