// Original file: proto/escrow/state_service.proto

import type { Long } from '@grpc/proto-loader';

export interface ChannelStateRequestInput {
  'channel_id'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
  'current_block'?: (number | string | Long);
}

export interface ChannelStateRequest {
  'channel_id'?: (Buffer);
  'signature'?: (Buffer);
  'current_block'?: (string);
}
