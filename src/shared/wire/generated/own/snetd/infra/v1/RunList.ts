// Original file: proto/snetd/infra/v1/infra.proto

import type { RunSummaryInput as _snetd_infra_v1_RunSummaryInput, RunSummary as _snetd_infra_v1_RunSummary } from '../../../snetd/infra/v1/RunSummary.js';

export interface RunListInput {
  'runs'?: (_snetd_infra_v1_RunSummaryInput)[];
}

export interface RunList {
  'runs'?: (_snetd_infra_v1_RunSummary)[];
}
