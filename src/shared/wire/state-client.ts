import { askDaemon } from './ask-daemon.js'
import type { CallExtras } from './raw-call.js'
import type { Connection } from './raw-client.js'
import { type ChannelStateReply, type ChannelStateRequest, loadStateService } from './state-service.js'

/** A state is five fields of at most 65 bytes. */
const MAX_STATE_BYTES = 64 * 1024

/** GetChannelState over an open connection. Errors as the daemon tells them. */
export async function getChannelState(
  connection: Connection,
  request: ChannelStateRequest,
  limits: Pick<CallExtras, 'timeoutMs' | 'signal'>,
): Promise<ChannelStateReply> {
  const method = { of: loadStateService(), name: 'GetChannelState' }
  return await askDaemon(connection, method, request, { ...limits, maxMessageBytes: MAX_STATE_BYTES })
}
