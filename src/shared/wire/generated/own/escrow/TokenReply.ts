// Original file: proto/escrow/token_service.proto

import type { Long } from '@grpc/proto-loader';

export interface TokenReplyInput {
  'channel_id'?: (number | string | Long);
  'token'?: (string);
  'planned_amount'?: (number | string | Long);
  'used_amount'?: (number | string | Long);
}

export interface TokenReply {
  'channel_id'?: (string);
  'token'?: (string);
  'planned_amount'?: (string);
  'used_amount'?: (string);
}
