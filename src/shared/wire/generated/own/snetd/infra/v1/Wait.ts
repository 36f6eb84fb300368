// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface WaitInput {
  'since'?: (number | string | Long);
  'until'?: (number | string | Long);
  'reason'?: (string);
}

export interface Wait {
  'since'?: (string);
  'until'?: (string);
  'reason'?: (string);
}
