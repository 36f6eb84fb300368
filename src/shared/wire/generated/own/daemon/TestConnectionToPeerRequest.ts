// Original file: proto/daemon/legacy.proto

import type { Long } from '@grpc/proto-loader';

export interface TestConnectionToPeerRequestInput {
  'tries'?: (number | string | Long);
  'host'?: (string);
  'port'?: (string);
}

export interface TestConnectionToPeerRequest {
  'tries'?: (string);
  'host'?: (string);
  'port'?: (string);
}
