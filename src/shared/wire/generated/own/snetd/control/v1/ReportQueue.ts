// Original file: proto/snetd/control/v1/control.proto

import type { Long } from '@grpc/proto-loader';

export interface ReportQueueInput {
  'name'?: (string);
  'waiting'?: (number);
  'posted'?: (number | string | Long);
  'failed'?: (number | string | Long);
  'dropped'?: (number | string | Long);
  'trouble'?: (string);
  '_trouble'?: "trouble";
}

export interface ReportQueue {
  'name'?: (string);
  'waiting'?: (number);
  'posted'?: (string);
  'failed'?: (string);
  'dropped'?: (string);
  'trouble'?: (string);
  '_trouble'?: "trouble";
}
