// Original file: proto/escrow/state_service.proto

import type { Long } from '@grpc/proto-loader';

export interface FreeCallStateRequestInput {
  'address'?: (string);
  'user_id'?: (string);
  'free_call_token'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
  'current_block'?: (number | string | Long);
  '_user_id'?: "user_id";
}

export interface FreeCallStateRequest {
  'address'?: (string);
  'user_id'?: (string);
  'free_call_token'?: (Buffer);
  'signature'?: (Buffer);
  'current_block'?: (string);
  '_user_id'?: "user_id";
}
