import type { ServiceClientConstructor } from '@grpc/grpc-js'
import type { ProtoGrpcType } from './generated/own/token_service.js'
import type { MessageOf } from './message.js'
import { loadService } from './protos.js'

export type TokenRequestMessage = MessageOf<ProtoGrpcType['escrow']['TokenRequest']>
export type TokenReplyMessage = MessageOf<ProtoGrpcType['escrow']['TokenReply']>

export const loadTokenService = (): ServiceClientConstructor =>
  loadService('escrow/token_service.proto', 'escrow.TokenService')
