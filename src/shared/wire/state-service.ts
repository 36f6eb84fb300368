import type { ServiceClientConstructor } from '@grpc/grpc-js'
import { loadService } from './protos.js'

/** `ChannelStateRequest` as decoded: absent fields are absent. */
export interface ChannelStateRequest {
  /** Big-endian number of any length. */
  channel_id?: Uint8Array
  signature?: Uint8Array
  /** uint64 as decimal text. */
  current_block?: string
}

/** `ChannelStateReply`; amounts and nonce are 32 bytes, big endian. */
export interface ChannelStateReply {
  current_nonce?: Uint8Array
  current_signed_amount?: Uint8Array
  current_signature?: Uint8Array
  old_nonce_signed_amount?: Uint8Array
  old_nonce_signature?: Uint8Array
}

export const loadStateService = (): ServiceClientConstructor =>
  loadService('escrow/state_service.proto', 'escrow.PaymentChannelStateService')
