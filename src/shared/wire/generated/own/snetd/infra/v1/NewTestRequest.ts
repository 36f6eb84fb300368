// Original file: proto/snetd/infra/v1/infra.proto

import type { TestPlanInput as _snetd_infra_v1_TestPlanInput, TestPlan as _snetd_infra_v1_TestPlan } from '../../../snetd/infra/v1/TestPlan.js';

export interface NewTestRequestInput {
  'group'?: (string);
  'test'?: (string);
  'plan'?: (_snetd_infra_v1_TestPlanInput | null);
}

export interface NewTestRequest {
  'group'?: (string);
  'test'?: (string);
  'plan'?: (_snetd_infra_v1_TestPlan);
}
