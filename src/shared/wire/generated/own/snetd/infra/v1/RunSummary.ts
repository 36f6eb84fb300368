// Original file: proto/snetd/infra/v1/infra.proto

import type { TestInput as _snetd_infra_v1_TestInput, Test as _snetd_infra_v1_Test } from '../../../snetd/infra/v1/Test.js';
import type { Long } from '@grpc/proto-loader';

export interface RunSummaryInput {
  'run_id'?: (string);
  'started_at'?: (number | string | Long);
  'ended_at'?: (number | string | Long);
  'tests'?: (_snetd_infra_v1_TestInput)[];
}

export interface RunSummary {
  'run_id'?: (string);
  'started_at'?: (string);
  'ended_at'?: (string);
  'tests'?: (_snetd_infra_v1_Test)[];
}
