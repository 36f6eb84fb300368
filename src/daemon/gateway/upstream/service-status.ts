import { constants } from 'node:http2'
import { messageOf, SnetError } from '../../../shared/errors.js'
import { PROXIED_STATUS } from '../../../shared/wire/index.js'
import { StatusError, toStatus, UpstreamStatus } from '../failure.js'
import { MAX_BLOCK_BYTES } from '../http2-headers/header-fields.js'
import { HeaderList } from '../header-list.js'
import { encodeGrpcMessage } from '../metadata.js'
import { tlsFault } from './tls-fault.js'

const INTERNAL = 13

/** Where the reference sends its users for help; number 1 is "service unavailable" (snet-wire 4.5). */
export const UNAVAILABLE_HELP =
  '\nAbout error & possible fixes: https://dev.singularitynet.io/docs/products/DecentralizedAIPlatform/Daemon/error-codes/#_1'

export const cannotConnect = (endpoint: string, cause: Error): SnetError =>
  new StatusError(INTERNAL, `can't connect to service ${endpoint}: ${reasonOf(cause)}${UNAVAILABLE_HELP}`, {
    kind: 'upstream-failed',
    hint: 'The provider has to start the service, or correct service_endpoint.',
    cause,
  })

const reasonOf = (cause: Error): string => {
  const ofTls = tlsFault(cause)
  return ofTls === undefined ? messageOf(cause) : `${messageOf(cause)} (${ofTls})`
}

/** What `health` tells of it. */
export const HTTP1_ONLY = 'it speaks HTTP/1.1 and no HTTP/2'

export const isNoGrpc = (endpoint: string): SnetError =>
  new StatusError(
    INTERNAL,
    `can't connect to service ${endpoint}: ${HTTP1_ONLY}, which gRPC needs${UNAVAILABLE_HELP}`,
    {
      kind: 'upstream-failed',
      hint: 'service_endpoint has to name the port of a gRPC server.',
      cause: new Error(HTTP1_ONLY),
    },
  )

/** @param cause is for the operator: what broke off, or which rule the service has broken */
export const connectionLost = (endpoint: string, cause: Error | undefined): SnetError =>
  new SnetError('upstream-failed', `the connection to the service at ${endpoint} was lost before it had answered`, {
    ...(cause && { cause }),
  })

export const noSignOfLife = (endpoint: string): SnetError =>
  new SnetError('upstream-failed', `the service at ${endpoint} gives no sign of life`, {
    hint: 'The payment was not kept; the same signed amount works again.',
  })

export const serviceIsFull = (): SnetError =>
  new SnetError('upstream-failed', 'the service takes no more calls at a time', {
    hint: 'Try another replica, or again later.',
  })

/** gRPC's codes for the ways in which a stream is reset. */
const CODE_OF_RESET: Readonly<Record<number, number>> = {
  [constants.NGHTTP2_REFUSED_STREAM]: 14,
  [constants.NGHTTP2_CANCEL]: 1,
  [constants.NGHTTP2_ENHANCE_YOUR_CALM]: 8,
  [constants.NGHTTP2_INADEQUATE_SECURITY]: 7,
}
export const resetStatus = (resetCode: number): UpstreamStatus =>
  status(
    CODE_OF_RESET[resetCode] ?? INTERNAL,
    `the stream to the service was reset with HTTP/2 error code ${resetCode}`,
  )

export const missingStatus = (): UpstreamStatus => status(INTERNAL, 'the service closed the stream without a status')

export const malformedStatus = (): UpstreamStatus => status(INTERNAL, 'the service answered a status that is no number')

export const truncatedAnswer = (): UpstreamStatus =>
  status(INTERNAL, 'the answer of the service ended within a message')

export const noAnswer = (): UpstreamStatus =>
  status(INTERNAL, 'the service answered OK without a message for a method that answers once')

export const secondAnswer = (): UpstreamStatus =>
  status(INTERNAL, 'the service sent more than one message for a method that answers once')

export const tooLargeHeaders = (size: number): SnetError =>
  new StatusError(
    INTERNAL,
    `the service answered ${size} bytes of headers, more than the ${MAX_BLOCK_BYTES} that go on`,
    { kind: 'upstream-failed' },
  )

/** gRPC's codes for HTTP answers that are no gRPC. */
const CODE_OF_HTTP: Readonly<Record<string, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
}
const UNKNOWN = 2

export const notGrpc = (httpStatus: string, contentType: string): UpstreamStatus =>
  status(
    CODE_OF_HTTP[httpStatus] ?? UNKNOWN,
    `the service answered HTTP status ${httpStatus} with content type "${contentType}", not gRPC`,
  )

/** What a client is told who did not take all of an answer in time that the service had ended with OK. */
export const cutShort = ({ kind, message }: SnetError): HeaderList =>
  toStatus(new SnetError(kind, `${message}; the service had answered, so the call is paid`), PROXIED_STATUS[kind])

const status = (code: number, message: string): UpstreamStatus =>
  new UpstreamStatus(new HeaderList().add('grpc-status', String(code)).add('grpc-message', encodeGrpcMessage(message)))
