// Original file: proto/snetd/infra/v1/infra.proto

import type { OutageInput as _snetd_infra_v1_OutageInput, Outage as _snetd_infra_v1_Outage } from '../../../snetd/infra/v1/Outage.js';

export interface ReliabilityInput {
  'timeout_seconds'?: (number);
  'odds'?: (number);
  'seed'?: (string);
  'outages'?: (_snetd_infra_v1_OutageInput)[];
}

export interface Reliability {
  'timeout_seconds'?: (number);
  'odds'?: (number);
  'seed'?: (string);
  'outages'?: (_snetd_infra_v1_Outage)[];
}
