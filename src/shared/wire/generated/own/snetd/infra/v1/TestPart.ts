// Original file: proto/snetd/infra/v1/infra.proto

import type { TestInput as _snetd_infra_v1_TestInput, Test as _snetd_infra_v1_Test } from '../../../snetd/infra/v1/Test.js';
import type { KeyEpochInput as _snetd_infra_v1_KeyEpochInput, KeyEpoch as _snetd_infra_v1_KeyEpoch } from '../../../snetd/infra/v1/KeyEpoch.js';

export interface TestPartInput {
  'test'?: (_snetd_infra_v1_TestInput | null);
  'member_pk'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'epochs'?: (_snetd_infra_v1_KeyEpochInput)[];
}

export interface TestPart {
  'test'?: (_snetd_infra_v1_Test);
  'member_pk'?: (Buffer);
  'device_pk'?: (Buffer);
  'epochs'?: (_snetd_infra_v1_KeyEpoch)[];
}
