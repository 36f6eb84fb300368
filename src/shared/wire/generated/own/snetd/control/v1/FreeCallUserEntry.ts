// Original file: proto/snetd/control/v1/control.proto

import type { Long } from '@grpc/proto-loader';

export interface FreeCallUserEntryInput {
  'address'?: (string);
  'user_id'?: (string);
  'service'?: (string);
  'made'?: (number | string | Long);
  'busy'?: (boolean);
}

export interface FreeCallUserEntry {
  'address'?: (string);
  'user_id'?: (string);
  'service'?: (string);
  'made'?: (string);
  'busy'?: (boolean);
}
