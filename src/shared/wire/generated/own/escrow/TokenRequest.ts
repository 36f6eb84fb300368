// Original file: proto/escrow/token_service.proto

import type { Long } from '@grpc/proto-loader';

export interface TokenRequestInput {
  'channel_id'?: (number | string | Long);
  'current_nonce'?: (number | string | Long);
  'signed_amount'?: (number | string | Long);
  'signature'?: (Buffer | Uint8Array | string);
  'current_block'?: (number | string | Long);
  'claim_signature'?: (Buffer | Uint8Array | string);
}

export interface TokenRequest {
  'channel_id'?: (string);
  'current_nonce'?: (string);
  'signed_amount'?: (string);
  'signature'?: (Buffer);
  'current_block'?: (string);
  'claim_signature'?: (Buffer);
}
