// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface NewestLiveInput {
  'device_pk'?: (Buffer | Uint8Array | string);
  'sent_at'?: (number | string | Long);
}

export interface NewestLive {
  'device_pk'?: (Buffer);
  'sent_at'?: (string);
}
