import { SnetError } from '../errors.js'
import { type CallExtras, onlyAnswer } from './raw-call.js'
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
  const { GetChannelState } = loadStateService().service
  if (!GetChannelState) throw new Error('the proto file of the channel state names no GetChannelState')
  const answer = await onlyAnswer(
    connection.call(GetChannelState.path, [GetChannelState.requestSerialize(request)], {
      of: 'daemon',
      ...limits,
      maxMessageBytes: MAX_STATE_BYTES,
    }),
  )
  try {
    return GetChannelState.responseDeserialize(answer) as ChannelStateReply
  } catch (cause) {
    throw new SnetError('upstream-failed', 'the daemon answered something other than a channel state', { cause })
  }
}
