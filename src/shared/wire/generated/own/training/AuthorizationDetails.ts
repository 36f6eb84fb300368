// Original file: proto/training/training_daemon.proto

import type { Long } from '@grpc/proto-loader';

export interface AuthorizationDetailsInput {
  'current_block'?: (number | string | Long);
  'message'?: (string);
  'signature'?: (Buffer | Uint8Array | string);
  'signer_address'?: (string);
}

export interface AuthorizationDetails {
  'current_block'?: (string);
  'message'?: (string);
  'signature'?: (Buffer);
  'signer_address'?: (string);
}
