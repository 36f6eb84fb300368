// Original file: proto/escrow/state_service.proto

import type { Long } from '@grpc/proto-loader';

export interface FreeCallStateReplyInput {
  'free_calls_available'?: (number | string | Long);
}

export interface FreeCallStateReply {
  'free_calls_available'?: (string);
}
