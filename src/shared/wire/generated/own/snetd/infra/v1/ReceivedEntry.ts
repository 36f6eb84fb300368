// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface ReceivedEntryInput {
  'group'?: (string);
  'cid'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'test'?: (string);
  'sequence'?: (number | string | Long);
  'received_at'?: (number | string | Long);
  'size'?: (number);
  'live'?: (boolean);
  'out_of_order'?: (boolean);
  'repeats'?: (number);
}

export interface ReceivedEntry {
  'group'?: (string);
  'cid'?: (Buffer);
  'device_pk'?: (Buffer);
  'test'?: (string);
  'sequence'?: (string);
  'received_at'?: (string);
  'size'?: (number);
  'live'?: (boolean);
  'out_of_order'?: (boolean);
  'repeats'?: (number);
}
