// Original file: proto/snetd/infra/v1/infra.proto

import type { HostClockInput as _snetd_infra_v1_HostClockInput, HostClock as _snetd_infra_v1_HostClock } from '../../../snetd/infra/v1/HostClock.js';

export interface RunClocksInput {
  'clocks'?: (_snetd_infra_v1_HostClockInput)[];
}

export interface RunClocks {
  'clocks'?: (_snetd_infra_v1_HostClock)[];
}
