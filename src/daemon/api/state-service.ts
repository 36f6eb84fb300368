import type { MethodDefinition } from '@grpc/grpc-js'
import { SnetError } from '../../shared/errors.js'
import { bigEndian, channelId, isUint256, uint256Bytes } from '../../shared/units.js'
import {
  type ChannelStateReply,
  type ChannelStateRequest,
  loadStateService,
  type OwnMethod,
  unaryMethod,
} from '../../shared/wire/index.js'
import type { ChannelState, Payments, StateRequest } from '../payments/index.js'

export const getChannelState = (payments: Pick<Payments, 'channelState'>): OwnMethod =>
  unaryMethod(definition(), async (request) => toReply(await payments.channelState(parseRequest(request))))

/** No channel has any state: clients of an unpaid daemon ask all the same, and go on after an empty answer. */
export const getNoChannelState = (): OwnMethod => unaryMethod(definition(), () => ({}))

const definition = () =>
  loadStateService().service['GetChannelState'] as MethodDefinition<ChannelStateRequest, ChannelStateReply>

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
