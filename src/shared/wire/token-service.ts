import type { ProtoGrpcType } from './generated/own/token_service.js'
import type { MessageOf } from './message.js'
import { type LoadedService, loadService } from './protos.js'

export type TokenRequestMessage = MessageOf<ProtoGrpcType['escrow']['TokenRequest']>
export type TokenReplyMessage = MessageOf<ProtoGrpcType['escrow']['TokenReply']>

export const loadTokenService = (): LoadedService => loadService('escrow.TokenService')
