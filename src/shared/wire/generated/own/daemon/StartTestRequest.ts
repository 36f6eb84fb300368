// Original file: proto/daemon/legacy.proto

import type { Long } from '@grpc/proto-loader';

export interface StartTestRequestInput {
  'groupName'?: (string);
  'testN'?: (number | string | Long);
  'duration'?: (number | string | Long);
}

export interface StartTestRequest {
  'groupName'?: (string);
  'testN'?: (string);
  'duration'?: (string);
}
