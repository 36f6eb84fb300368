import type { ServiceClientConstructor } from '@grpc/grpc-js'
import type { ProtoGrpcType } from './generated/own/state_service.js'
import type { MessageOf } from './message.js'
import { loadService } from './protos.js'

/** `channel_id` is a big-endian number of any length. */
export type ChannelStateRequest = MessageOf<ProtoGrpcType['escrow']['ChannelStateRequest']>
/** Amounts and nonce are 32 bytes, big endian. */
export type ChannelStateReply = MessageOf<ProtoGrpcType['escrow']['ChannelStateReply']>

export const loadStateService = (): ServiceClientConstructor =>
  loadService('escrow/state_service.proto', 'escrow.PaymentChannelStateService')

type Escrow = ProtoGrpcType['escrow']
export type FreeCallTokenRequest = MessageOf<Escrow['GetFreeCallTokenRequest']>
export type FreeCallTokenReply = MessageOf<Escrow['FreeCallToken']>
export type FreeCallStateRequest = MessageOf<Escrow['FreeCallStateRequest']>
export type FreeCallStateReply = MessageOf<Escrow['FreeCallStateReply']>

export const loadFreeCallService = (): ServiceClientConstructor =>
  loadService('escrow/state_service.proto', 'escrow.FreeCallStateService')
