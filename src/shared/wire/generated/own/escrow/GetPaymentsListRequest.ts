// Original file: proto/escrow/control_service.proto

import type { Long } from '@grpc/proto-loader';

export interface GetPaymentsListRequestInput {
  'mpe_address'?: (string);
  'current_block'?: (number | string | Long);
  'signature'?: (Buffer | Uint8Array | string);
}

export interface GetPaymentsListRequest {
  'mpe_address'?: (string);
  'current_block'?: (string);
  'signature'?: (Buffer);
}
