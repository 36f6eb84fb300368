// Original file: proto/daemon/legacy.proto

import type { Long } from '@grpc/proto-loader';

export interface NewTestRequestInput {
  'groupName'?: (string);
  'testN'?: (number | string | Long);
  'type'?: (string);
  'size'?: (number | string | Long);
  'interval'?: (number | string | Long);
  'amount'?: (number | string | Long);
}

export interface NewTestRequest {
  'groupName'?: (string);
  'testN'?: (string);
  'type'?: (string);
  'size'?: (string);
  'interval'?: (string);
  'amount'?: (string);
}
