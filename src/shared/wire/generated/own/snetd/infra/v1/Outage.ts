// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface OutageInput {
  'started_at'?: (number | string | Long);
  'ended_at'?: (number | string | Long);
}

export interface Outage {
  'started_at'?: (string);
  'ended_at'?: (string);
}
