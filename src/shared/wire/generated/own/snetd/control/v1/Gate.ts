// Original file: proto/snetd/control/v1/control.proto

import type { Long } from '@grpc/proto-loader';

export interface GateInput {
  'endpoint'?: (string);
  'tls'?: (boolean);
  'organization'?: (string);
  'service'?: (string);
  'group'?: (string);
  'network'?: (string);
  'mpe'?: (string);
  'storage'?: (string);
  'channels'?: (number | string | Long);
  'block'?: (number | string | Long);
  'calls_in_flight'?: (number);
  'payments_in_flight'?: (number);
  'cogs_in_flight'?: (string);
  'payments_kept'?: (number | string | Long);
  'cogs_kept'?: (string);
  'unpaid'?: (boolean);
  'allowed_users'?: (number);
  'paused'?: (boolean);
  'unused_metadata'?: (string);
  '_unused_metadata'?: "unused_metadata";
}

export interface Gate {
  'endpoint'?: (string);
  'tls'?: (boolean);
  'organization'?: (string);
  'service'?: (string);
  'group'?: (string);
  'network'?: (string);
  'mpe'?: (string);
  'storage'?: (string);
  'channels'?: (string);
  'block'?: (string);
  'calls_in_flight'?: (number);
  'payments_in_flight'?: (number);
  'cogs_in_flight'?: (string);
  'payments_kept'?: (string);
  'cogs_kept'?: (string);
  'unpaid'?: (boolean);
  'allowed_users'?: (number);
  'paused'?: (boolean);
  'unused_metadata'?: (string);
  '_unused_metadata'?: "unused_metadata";
}
