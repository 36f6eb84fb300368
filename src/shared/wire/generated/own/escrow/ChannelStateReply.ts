// Original file: proto/escrow/state_service.proto

import type { Long } from '@grpc/proto-loader';

export interface ChannelStateReplyInput {
  'current_nonce'?: (Buffer | Uint8Array | string);
  'current_signed_amount'?: (Buffer | Uint8Array | string);
  'current_signature'?: (Buffer | Uint8Array | string);
  'old_nonce_signed_amount'?: (Buffer | Uint8Array | string);
  'old_nonce_signature'?: (Buffer | Uint8Array | string);
  'planned_amount'?: (number | string | Long);
  'used_amount'?: (number | string | Long);
}

export interface ChannelStateReply {
  'current_nonce'?: (Buffer);
  'current_signed_amount'?: (Buffer);
  'current_signature'?: (Buffer);
  'old_nonce_signed_amount'?: (Buffer);
  'old_nonce_signature'?: (Buffer);
  'planned_amount'?: (string);
  'used_amount'?: (string);
}
