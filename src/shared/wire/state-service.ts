import type { ProtoGrpcType } from './generated/own/state_service.js'
import type { MessageOf } from './message.js'
import { type LoadedService, loadService } from './protos.js'

/** `channel_id` is a big-endian number of any length. */
export type ChannelStateRequest = MessageOf<ProtoGrpcType['escrow']['ChannelStateRequest']>
/** Amounts and nonce are 32 bytes, big endian. */
export type ChannelStateReply = MessageOf<ProtoGrpcType['escrow']['ChannelStateReply']>

export const loadStateService = (): LoadedService => loadService('escrow.PaymentChannelStateService')

type Escrow = ProtoGrpcType['escrow']
export type FreeCallTokenRequest = MessageOf<Escrow['GetFreeCallTokenRequest']>
export type FreeCallTokenReply = MessageOf<Escrow['FreeCallToken']>
export type FreeCallStateRequest = MessageOf<Escrow['FreeCallStateRequest']>
export type FreeCallStateReply = MessageOf<Escrow['FreeCallStateReply']>

export const loadFreeCallService = (): LoadedService => loadService('escrow.FreeCallStateService')
