// Original file: proto/snetd/control/v1/control.proto

import type { StorageFaultInput as _snetd_control_v1_StorageFaultInput, StorageFault as _snetd_control_v1_StorageFault } from '../../../snetd/control/v1/StorageFault.js';
import type { Long } from '@grpc/proto-loader';

export interface StorageFaultsInput {
  'faults'?: (_snetd_control_v1_StorageFaultInput)[];
  'checked'?: (number | string | Long);
}

export interface StorageFaults {
  'faults'?: (_snetd_control_v1_StorageFault)[];
  'checked'?: (string);
}
