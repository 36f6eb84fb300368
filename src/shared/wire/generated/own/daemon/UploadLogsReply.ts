// Original file: proto/daemon/legacy.proto

import type { Long } from '@grpc/proto-loader';

export interface UploadLogsReplyInput {
  'uploadCount'?: (number | string | Long);
  'link'?: (string)[];
}

export interface UploadLogsReply {
  'uploadCount'?: (string);
  'link'?: (string)[];
}
