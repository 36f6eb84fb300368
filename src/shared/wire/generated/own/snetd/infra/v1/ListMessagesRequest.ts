// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface ListMessagesRequestInput {
  'group'?: (string);
  'limit'?: (number | string | Long);
  'follow'?: (boolean);
}

export interface ListMessagesRequest {
  'group'?: (string);
  'limit'?: (string);
  'follow'?: (boolean);
}
