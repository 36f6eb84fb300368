// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface ListCostsInput {
  'count'?: (number | string | Long);
  'events'?: (number | string | Long);
  'ms'?: (number | string | Long);
}

export interface ListCosts {
  'count'?: (string);
  'events'?: (string);
  'ms'?: (string);
}
