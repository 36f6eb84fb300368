import { status } from '../../../../shared/grpc-status.js'
import { printable } from '../../../../shared/printable.js'
import { StatusError } from '../../failure.js'
import { UNAVAILABLE_HELP } from '../service-status.js'

/** What clients of the reference are told of such services (snet-wire 4.5). */

const failed = (code: number, message: string): StatusError =>
  new StatusError(code, message, {
    kind: 'upstream-failed',
    hint: 'The service of the provider failed. The call cost nothing.',
  })

export const rpcFailed = (reason: string): StatusError =>
  failed(status.INTERNAL, `json-rpc error; error: ${printable(reason)}`)

export const callFailed = (reason: string): StatusError =>
  failed(status.INTERNAL, `error executing http call; error: ${printable(reason)}`)

export const badResult = (reason: string): StatusError =>
  failed(status.INTERNAL, `error marshaling response; error: ${reason}`)

export const badRequest = (reason: string): StatusError =>
  new StatusError(status.INTERNAL, `error unmarshaling request; error: ${reason}`, {
    hint: 'The request is to be JSON, or a message as the proto files of the service have it.',
  })

const MAX_BODY = 500

export const badHttpStatus = (code: number, body: Buffer): StatusError => {
  const text = printable(body.subarray(0, MAX_BODY).toString('utf8'))
  return failed(status.UNAVAILABLE, `upstream http status ${code}: ${text}${UNAVAILABLE_HELP}`)
}
