// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface HostClockInput {
  'device_pk'?: (Buffer | Uint8Array | string);
  'offset_us'?: (number | string | Long);
  'error_us'?: (number | string | Long);
}

export interface HostClock {
  'device_pk'?: (Buffer);
  'offset_us'?: (string);
  'error_us'?: (string);
}
