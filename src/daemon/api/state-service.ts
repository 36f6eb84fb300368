import type { handleUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js'
import { SnetError, toSnetError } from '../../shared/errors.js'
import { bigEndian, channelId, isUint256, uint256Bytes } from '../../shared/units.js'
import { type ChannelStateReply, type ChannelStateRequest, toServiceError } from '../../shared/wire/index.js'
import type { Log } from '../observability/index.js'
import type { ChannelState, Payments, StateRequest } from '../payments/index.js'

export function stateHandlers({
  payments,
  log,
}: {
  payments: Pick<Payments, 'channelState'>
  log: Log
}): UntypedServiceImplementation {
  const getChannelState: handleUnaryCall<ChannelStateRequest, ChannelStateReply> = (call, answer) => {
    const replied = async (): Promise<ChannelStateReply> =>
      toReply(await payments.channelState(parseRequest(call.request)))
    replied().then(
      (reply) => answer(null, reply),
      (thrown: unknown) => {
        if (toSnetError(thrown).kind === 'bug') log.error('GetChannelState failed', { error: thrown })
        answer(toServiceError(thrown))
      },
    )
  }
  return { GetChannelState: getChannelState }
}

/** No channel has any state: clients of an unpaid daemon ask all the same, and go on after an empty answer. */
export const withoutPayments: UntypedServiceImplementation = {
  GetChannelState: ((_call, answer) => answer(null, {})) satisfies handleUnaryCall<
    ChannelStateRequest,
    ChannelStateReply
  >,
}

function parseRequest({
  channel_id = new Uint8Array(),
  signature = new Uint8Array(),
  current_block = '0',
}: ChannelStateRequest): StateRequest {
  const id = bigEndian(channel_id)
  if (!isUint256(id))
    throw new SnetError('invalid-request', `channel_id has ${channel_id.length} bytes, a channel id has at most 32`)
  return { channel: channelId(id), block: BigInt(current_block), signature }
}

function toReply({ nonce, current, old }: ChannelState): ChannelStateReply {
  return {
    current_nonce: uint256Bytes(nonce),
    ...(current && { current_signed_amount: uint256Bytes(current.amount), current_signature: current.signature }),
    ...(old && { old_nonce_signed_amount: uint256Bytes(old.amount), old_nonce_signature: old.signature }),
  }
}
