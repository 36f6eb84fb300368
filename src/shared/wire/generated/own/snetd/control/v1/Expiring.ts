// Original file: proto/snetd/control/v1/control.proto

import type { Long } from '@grpc/proto-loader';

export interface ExpiringInput {
  'blocks'?: (number | string | Long);
  'channels'?: (number | string | Long);
  'cogs'?: (string);
}

export interface Expiring {
  'blocks'?: (string);
  'channels'?: (string);
  'cogs'?: (string);
}
