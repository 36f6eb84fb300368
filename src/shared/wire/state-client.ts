import type { Client } from '@grpc/grpc-js'
import { fromServiceError } from './service-errors.js'
import { type ChannelStateReply, type ChannelStateRequest, loadStateService } from './state-service.js'

/** GetChannelState over an open connection. Errors as the daemon tells them. */
export function getChannelState(
  client: Client,
  request: ChannelStateRequest,
  timeoutMs: number,
): Promise<ChannelStateReply> {
  const { path, requestSerialize, responseDeserialize } = loadStateService().service['GetChannelState'] as Method
  return new Promise((done, fail) => {
    client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      { deadline: Date.now() + timeoutMs },
      (error, reply) => {
        if (error) fail(fromServiceError(error))
        else done(reply ?? {})
      },
    )
  })
}

interface Method {
  path: string
  requestSerialize: (request: ChannelStateRequest) => Buffer
  responseDeserialize: (bytes: Buffer) => ChannelStateReply
}
