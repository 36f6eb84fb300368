// Original file: proto/snetd/infra/v1/infra.proto

import type { HostClockInput as _snetd_infra_v1_HostClockInput, HostClock as _snetd_infra_v1_HostClock } from '../../../snetd/infra/v1/HostClock.js';

export interface KeepClocksRequestInput {
  'run_id'?: (string);
  'clocks'?: (_snetd_infra_v1_HostClockInput)[];
}

export interface KeepClocksRequest {
  'run_id'?: (string);
  'clocks'?: (_snetd_infra_v1_HostClock)[];
}
