// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

export interface StartTestRequestInput {
  'group'?: (string);
  'test'?: (string);
  'run_id'?: (string);
  'wait_for_devices'?: (Buffer | Uint8Array | string)[];
  'wait_us'?: (number | string | Long);
  'start_at'?: (number | string | Long);
  'wait_for_names'?: (string)[];
  'name'?: (string);
}

export interface StartTestRequest {
  'group'?: (string);
  'test'?: (string);
  'run_id'?: (string);
  'wait_for_devices'?: (Buffer)[];
  'wait_us'?: (string);
  'start_at'?: (string);
  'wait_for_names'?: (string)[];
  'name'?: (string);
}
