// Original file: proto/configuration_service/configuration_service.proto

import type { Long } from '@grpc/proto-loader';

export interface CallerAuthenticationInput {
  'signature'?: (Buffer | Uint8Array | string);
  'current_block'?: (number | string | Long);
}

export interface CallerAuthentication {
  'signature'?: (Buffer);
  'current_block'?: (string);
}
