// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { Long } from '@grpc/proto-loader';

export interface MessageHeadersInput {
  'counter'?: (number | string | Long);
  'device_pk'?: (Buffer | Uint8Array | string);
  'sig'?: (Buffer | Uint8Array | string);
  'metadata'?: ({[key: string]: string});
}

export interface MessageHeaders {
  'counter'?: (string);
  'device_pk'?: (Buffer);
  'sig'?: (Buffer);
  'metadata'?: ({[key: string]: string});
}
