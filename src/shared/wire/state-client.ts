import type { Client } from '@grpc/grpc-js'
import { type ChannelStateReply, type ChannelStateRequest, loadStateService } from './state-service.js'
import { askUnary } from './unary.js'

/** GetChannelState over an open connection. Errors as the daemon tells them. */
export const getChannelState = (
  client: Client,
  request: ChannelStateRequest,
  timeoutMs: number,
): Promise<ChannelStateReply> =>
  askUnary(client, { of: loadStateService(), name: 'GetChannelState' }, request, timeoutMs)
