// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface UploadLogsReplyInput {
  'count'?: (number | string | Long);
  'links'?: (string)[];
}

export interface UploadLogsReply {
  'count'?: (string);
  'links'?: (string)[];
}
