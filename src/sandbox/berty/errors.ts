import type { EraTraits } from './eras.js'

const UNKNOWN = 2
const RESOURCE_EXHAUSTED = 8
const UNIMPLEMENTED = 12
const UNAVAILABLE = 14

/** The status of a call that fails. */
export class CallFailure extends Error {
  constructor(
    readonly status: number,
    text: string,
    /** Berty's own error codes, outermost first; empty for an error of gRPC itself. */
    readonly codes: readonly number[] = [],
  ) {
    super(text)
  }
}

const NAMES: Readonly<Record<number, string>> = {
  100: 'ErrInvalidInput',
  101: 'ErrInvalidRange',
  102: 'ErrMissingInput',
  109: 'ErrDBRead',
  204: 'ErrCryptoSignatureVerification',
  404: 'ErrNotFound',
  666: 'TODO',
  1002: 'ErrOrbitDBAppend',
  1302: 'ErrGroupMemberUnknownGroupID',
  1306: 'ErrGroupMissing',
  2000: 'ErrMessengerInvalidDeepLink',
  2302: 'ErrProtocolSend',
  4000: 'ErrServicesAuth',
  4002: 'ErrServicesAuthWrongState',
  4101: 'ErrServiceReplicationServer',
}

const nameOf = (code: number): string => `${NAMES[code] ?? 'ErrUndefined'}(#${String(code)})`

/** An error with codes of Berty. Its status is always UNAVAILABLE; text and details carry the codes (berty 3.1). */
export function bertyError(codes: readonly number[], text = ''): CallFailure {
  const parts = [...codes.map(nameOf), ...(text === '' ? [] : [text])]
  return new CallFailure(UNAVAILABLE, parts.join(': '), codes)
}

/** The same error as the messenger reports it, after it has crossed Berty's inner connection. */
export const throughMessenger = (code: number, { message, codes }: CallFailure): CallFailure =>
  new CallFailure(UNAVAILABLE, `${nameOf(code)}: rpc error: code = Unavailable desc = ${message}`, [code, ...codes])

/** The error for a group that is not open; generations word it differently. */
export const unknownGroup = (outer: number, { unknownGroup: { code, text } }: EraTraits): CallFailure =>
  new CallFailure(UNAVAILABLE, `${nameOf(outer)}: ${text}`, [outer, code])

export const panic = (text: string): CallFailure => new CallFailure(UNKNOWN, `panic recover: ${text}`)

export function unimplemented(path: string): CallFailure {
  const [, service = '', method = ''] = path.split('/')
  return new CallFailure(UNIMPLEMENTED, `unknown method ${method} for service ${service}`)
}

export const tooLarge = (length: number, most: number): CallFailure =>
  new CallFailure(RESOURCE_EXHAUSTED, `grpc: received message larger than max (${String(length)} vs. ${String(most)})`)
