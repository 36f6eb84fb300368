import { type ServiceError, status } from '@grpc/grpc-js'
import { type ErrorKind, SnetError } from '../../../shared/errors.js'
import { connectionFault } from '../../../shared/wire/index.js'
import { detailCodes } from './error-details.js'

interface BertyFacts {
  readonly code: status
  readonly codes: readonly number[]
  readonly cause: ServiceError
}

/** A call that Berty refused or did not answer. */
export class BertyError extends SnetError {
  readonly grpcCode: status
  /** Berty's own, in the order it wraps them; empty when it did not answer itself. */
  readonly codes: readonly number[]
  /** Nothing of the request has reached Berty. */
  readonly isUnsent: boolean

  constructor(kind: ErrorKind, message: string, { code, codes, cause }: BertyFacts) {
    super(kind, message, { cause })
    this.grpcCode = code
    this.codes = codes
    this.isUnsent = codes.length === 0 && code === status.UNAVAILABLE && UNSENT.test(cause.details)
  }
}

/** What grpc-js says of a call that found no connection. */
const UNSENT = /No connection established|Name resolution failed|Channel closed before call started/
/** A connection that breaks off under a call may also look like this. */
const CUT = /RST_STREAM|ECONNRESET|Connection dropped/
const CODE = /\w+\(#(\d+)\)/g
const MAX_TEXT = 500

/**
 * Berty's codes for errors that a caller can do something about. The first code found counts, however they are wrapped.
 */
const KIND_OF_CODE: readonly (readonly [code: number, kind: ErrorKind])[] = [
  [1302, 'wrong-state'],
  [1306, 'wrong-state'],
  [1310, 'wrong-state'],
  [4101, 'wrong-state'],
  [4002, 'wrong-state'],
  [404, 'not-found'],
  [101, 'invalid-request'],
  [102, 'invalid-request'],
  [100, 'invalid-request'],
]

/**
 * What Berty's status means. It sends every error of its own under UNAVAILABLE and says which one in the text and in
 * the details, so that the code alone means nothing (berty 3.1).
 */
export function fromBerty(what: string, error: ServiceError): BertyError {
  const codes = codesOf(error)
  // Berty's own words stay as they are; a text about the connection comes from the library.
  const isOfLibrary = codes.length === 0 && error.code === status.UNAVAILABLE && UNSENT.test(error.details)
  const text = (isOfLibrary ? connectionFault(error.details).reason : error.details).slice(0, MAX_TEXT)
  const facts = { code: error.code, codes, cause: error }
  return new BertyError(kindOf(error, codes), `${what}: ${text || `gRPC status ${error.code}`}`, facts)
}

function codesOf({ code, details, metadata }: ServiceError): readonly number[] {
  if (code !== status.UNAVAILABLE) return []
  const named = Array.from(details.matchAll(CODE), ([, digits]) => Number(digits))
  const packed = metadata
    .get('grpc-status-details-bin')
    .flatMap((each) => (Buffer.isBuffer(each) ? detailCodes(each) : []))
  return [...new Set([...named, ...packed])]
}

function kindOf({ code, details }: ServiceError, codes: readonly number[]): ErrorKind {
  if (code === status.UNAVAILABLE) return codes.length > 0 ? kindOfCodes(codes, details) : 'unavailable'
  if (code === status.INTERNAL && CUT.test(details)) return 'unavailable'
  return KIND_OF_STATUS.get(code) ?? 'upstream-failed'
}

/** The kinds of the statuses that Berty never uses for errors of its own. */
const KIND_OF_STATUS: ReadonlyMap<status, ErrorKind> = new Map([
  [status.CANCELLED, 'cancelled'],
  [status.DEADLINE_EXCEEDED, 'timed-out'],
  [status.UNIMPLEMENTED, 'wrong-state'],
])

function kindOfCodes(codes: readonly number[], text: string): ErrorKind {
  if (isAlreadyInGroup(text)) return 'already-exists'
  return KIND_OF_CODE.find(([code]) => codes.includes(code))?.[1] ?? 'upstream-failed'
}

/** Also finds a code inside a longer text: errors that cross Berty's inner connection are wrapped. */
const isAlreadyInGroup = (text: string): boolean => text.includes('already present in group')

export const isUnimplemented = (thrown: unknown): boolean =>
  thrown instanceof BertyError && thrown.grpcCode === status.UNIMPLEMENTED

/** The connection is gone, or nobody answers on it; an error that Berty itself tells proves the contrary. */
export const isDown = (thrown: unknown): boolean =>
  thrown instanceof SnetError && (thrown.kind === 'unavailable' || thrown.kind === 'timed-out')
