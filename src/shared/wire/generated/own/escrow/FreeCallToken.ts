// Original file: proto/escrow/state_service.proto

import type { Long } from '@grpc/proto-loader';

export interface FreeCallTokenInput {
  'token'?: (Buffer | Uint8Array | string);
  'token_hex'?: (string);
  'token_expiration_block'?: (number | string | Long);
}

export interface FreeCallToken {
  'token'?: (Buffer);
  'token_hex'?: (string);
  'token_expiration_block'?: (string);
}
