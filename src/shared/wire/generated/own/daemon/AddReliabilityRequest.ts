// Original file: proto/daemon/legacy.proto

import type { Long } from '@grpc/proto-loader';

export interface AddReliabilityRequestInput {
  'timeout'?: (number | string | Long);
  'odds'?: (number | string | Long);
}

export interface AddReliabilityRequest {
  'timeout'?: (string);
  'odds'?: (string);
}
