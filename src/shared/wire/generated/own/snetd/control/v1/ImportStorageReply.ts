// Original file: proto/snetd/control/v1/control.proto

import type { ImportedRecordsInput as _snetd_control_v1_ImportedRecordsInput, ImportedRecords as _snetd_control_v1_ImportedRecords } from '../../../snetd/control/v1/ImportedRecords.js';
import type { StorageMoneyInput as _snetd_control_v1_StorageMoneyInput, StorageMoney as _snetd_control_v1_StorageMoney } from '../../../snetd/control/v1/StorageMoney.js';
import type { StorageFaultInput as _snetd_control_v1_StorageFaultInput, StorageFault as _snetd_control_v1_StorageFault } from '../../../snetd/control/v1/StorageFault.js';
import type { Long } from '@grpc/proto-loader';

export interface ImportStorageReplyInput {
  'records'?: (_snetd_control_v1_ImportedRecordsInput)[];
  'before'?: (_snetd_control_v1_StorageMoneyInput | null);
  'after'?: (_snetd_control_v1_StorageMoneyInput | null);
  'left_out'?: (_snetd_control_v1_StorageFaultInput)[];
  'left_out_in_all'?: (number | string | Long);
  'busy'?: (number | string | Long);
}

export interface ImportStorageReply {
  'records'?: (_snetd_control_v1_ImportedRecords)[];
  'before'?: (_snetd_control_v1_StorageMoney);
  'after'?: (_snetd_control_v1_StorageMoney);
  'left_out'?: (_snetd_control_v1_StorageFault)[];
  'left_out_in_all'?: (string);
  'busy'?: (string);
}
