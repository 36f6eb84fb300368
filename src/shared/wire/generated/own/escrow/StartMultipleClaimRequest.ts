// Original file: proto/escrow/control_service.proto

import type { Long } from '@grpc/proto-loader';

export interface StartMultipleClaimRequestInput {
  'mpe_address'?: (string);
  'channel_ids'?: (number | string | Long)[];
  'current_block'?: (number | string | Long);
  'signature'?: (Buffer | Uint8Array | string);
}

export interface StartMultipleClaimRequest {
  'mpe_address'?: (string);
  'channel_ids'?: (string)[];
  'current_block'?: (string);
  'signature'?: (Buffer);
}
