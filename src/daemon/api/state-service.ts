import type { MethodDefinition } from '@grpc/grpc-js'
import { uint256Bytes } from '../../shared/units.js'
import {
  type ChannelStateReply,
  type ChannelStateRequest,
  loadStateService,
  type OwnMethod,
  unaryMethod,
} from '../../shared/wire/index.js'
import type { ChannelState, Payments, StateRequest } from '../payments/index.js'
import { NO_BYTES, parseChannelId } from './parse-bytes.js'

export const getChannelState = (payments: Pick<Payments, 'channelState'>): OwnMethod =>
  unaryMethod(definition(), async (request) => toReply(await payments.channelState(parseRequest(request))))

/** No channel has any state: clients of an unpaid daemon ask all the same, and go on after an empty answer. */
export const getNoChannelState = (): OwnMethod => unaryMethod(definition(), () => ({}))

const definition = () =>
  loadStateService().service['GetChannelState'] as MethodDefinition<ChannelStateRequest, ChannelStateReply>

const parseRequest = ({
  channel_id,
  signature = NO_BYTES,
  current_block = '0',
}: ChannelStateRequest): StateRequest => ({
  channel: parseChannelId(channel_id),
  block: BigInt(current_block),
  signature,
})

function toReply({ nonce, current, old }: ChannelState): ChannelStateReply {
  return {
    current_nonce: uint256Bytes(nonce),
    ...(current && { current_signed_amount: uint256Bytes(current.amount), current_signature: current.signature }),
    ...(old && { old_nonce_signed_amount: uint256Bytes(old.amount), old_nonce_signature: old.signature }),
  }
}
