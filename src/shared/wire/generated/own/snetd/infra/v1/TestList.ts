// Original file: proto/snetd/infra/v1/infra.proto

import type { TestInput as _snetd_infra_v1_TestInput, Test as _snetd_infra_v1_Test } from '../../../snetd/infra/v1/Test.js';

export interface TestListInput {
  'tests'?: (_snetd_infra_v1_TestInput)[];
}

export interface TestList {
  'tests'?: (_snetd_infra_v1_Test)[];
}
