// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface AckEntryInput {
  'group'?: (string);
  'cid'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'received_at'?: (number | string | Long);
  'round_trip_us'?: (number | string | Long);
}

export interface AckEntry {
  'group'?: (string);
  'cid'?: (Buffer);
  'device_pk'?: (Buffer);
  'received_at'?: (string);
  'round_trip_us'?: (string);
}
