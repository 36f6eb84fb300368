// Original file: proto/escrow/state_service.proto

import type { Long } from '@grpc/proto-loader';

export interface GetFreeCallTokenRequestInput {
  'address'?: (string);
  'signature'?: (Buffer | Uint8Array | string);
  'current_block'?: (number | string | Long);
  'user_id'?: (string);
  'token_lifetime_in_blocks'?: (number | string | Long);
  '_user_id'?: "user_id";
  '_token_lifetime_in_blocks'?: "token_lifetime_in_blocks";
}

export interface GetFreeCallTokenRequest {
  'address'?: (string);
  'signature'?: (Buffer);
  'current_block'?: (string);
  'user_id'?: (string);
  'token_lifetime_in_blocks'?: (string);
  '_user_id'?: "user_id";
  '_token_lifetime_in_blocks'?: "token_lifetime_in_blocks";
}
