// Original file: proto/daemon/legacy.proto

import type { Long } from '@grpc/proto-loader';

export interface TestRequestInput {
  'groupName'?: (string);
  'testN'?: (number | string | Long);
}

export interface TestRequest {
  'groupName'?: (string);
  'testN'?: (string);
}
