import type { ProtoGrpcType } from './generated/own/control_service.js'
import type { MessageOf } from './message.js'
import { type LoadedService, loadService } from './protos.js'

type Escrow = ProtoGrpcType['escrow']

export type PaymentsListRequest = MessageOf<Escrow['GetPaymentsListRequest']>
/** `channel_id` is a big-endian number of any length. */
export type StartClaimRequest = MessageOf<Escrow['StartClaimRequest']>
export type StartClaimsRequest = MessageOf<Escrow['StartMultipleClaimRequest']>
/** Numbers are 32 bytes, big endian. */
export type PaymentReply = MessageOf<Escrow['PaymentReply']>
export type PaymentsListReply = MessageOf<Escrow['PaymentsListReply']>

/** The provider's service of a payment daemon; the control service of the daemon's host is another one. */
export const loadProviderControl = (): LoadedService => loadService('escrow.ProviderControlService')
