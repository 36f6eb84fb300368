// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface ClockInput {
  'received_at'?: (number | string | Long);
  'answered_at'?: (number | string | Long);
}

export interface Clock {
  'received_at'?: (string);
  'answered_at'?: (string);
}
