// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface MessageInput {
  'cid'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'received_at'?: (number | string | Long);
  'sent_date_ms'?: (number | string | Long);
  'live'?: (boolean);
  'body'?: (string);
  'size'?: (number);
  'run_id'?: (string);
  'test'?: (string);
  'sequence'?: (number | string | Long);
}

export interface Message {
  'cid'?: (Buffer);
  'device_pk'?: (Buffer);
  'received_at'?: (string);
  'sent_date_ms'?: (string);
  'live'?: (boolean);
  'body'?: (string);
  'size'?: (number);
  'run_id'?: (string);
  'test'?: (string);
  'sequence'?: (string);
}
