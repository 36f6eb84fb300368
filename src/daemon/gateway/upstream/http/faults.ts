import { status } from '../../../../shared/grpc-status.js'
import { messageOf, SnetError } from '../../../../shared/errors.js'
import { printable } from '../../../../shared/printable.js'
import { cutShort } from '../../../../shared/short-text.js'
import { StatusError } from '../../failure.js'

/** What clients of the reference are told of such services (snet-wire 4.5). */

/** Where the reference sends its users for help. */
const help = (number: number): string =>
  `\nAbout error & possible fixes: https://dev.singularitynet.io/docs/products/DecentralizedAIPlatform/Daemon/error-codes/#_${number}`

export const RECEIVE_HELP = help(7)

const FREE = 'The call cost nothing.'

export const unknownFormat = (method: string): SnetError =>
  new StatusError(status.INTERNAL, `unexpected grpc method format: "${printable(method)}"`)

/** Its cause is the client's own message. */
export const unreadableMessage = (cause: unknown): SnetError =>
  new StatusError(status.INTERNAL, `protoToJson error: ${help(3)}`, {
    hint: `The request is no message of this method: ${cutShort(printable(messageOf(cause)), 200)}`,
    cause,
  })

export const cannotAsk = (reason: string): SnetError =>
  new StatusError(status.INTERNAL, `error creating http request: ${printable(reason)}${help(4)}`, {
    hint: 'The proto file of the service says by google.api.http which fields the path needs.',
  })

export const notExecuted = (cause: unknown): SnetError =>
  new StatusError(status.INTERNAL, `error executing HTTP service: ${messageOf(cause)}${help(1)}`, {
    kind: 'upstream-failed',
    hint: `The provider has to start the service, or correct service_endpoint. ${FREE}`,
    cause,
  })

export const notRead = (reason: string): SnetError =>
  new StatusError(status.INTERNAL, `error reading response from HTTP service: ${printable(reason)}${help(1)}`, {
    kind: 'upstream-failed',
    hint: `The service has not given its answer to the end. ${FREE}`,
  })

const MAX_BODY_TEXT = 500

export const badStatus = (code: number, body: string): SnetError =>
  new StatusError(
    status.UNAVAILABLE,
    `upstream http status ${code}: ${cutShort(printable(body), MAX_BODY_TEXT)}${help(1)}`,
    {
      kind: 'upstream-failed',
      hint:
        code >= 300 && code < 400
          ? `Redirects are not followed: service_endpoint has to be where the service is. ${FREE}`
          : FREE,
    },
  )

export const notTheMessage = (reason: string, contentType: string): SnetError =>
  new StatusError(
    status.INTERNAL,
    `jsonToProto error: invalid proto, can't convert json to proto msg: ${printable(reason)}${help(3)}`,
    {
      kind: 'upstream-failed',
      hint: `The service answered "${cutShort(printable(contentType), 100)}", which is not the JSON of the method's answer. ${FREE}`,
    },
  )

export const answerTooLong = (maxBytes: number): SnetError =>
  new SnetError('rate-limited', `grpc: received message larger than max (more than ${maxBytes} bytes of JSON)`, {
    hint: 'max_message_size_in_mb of the daemon sets the limit.',
  })
