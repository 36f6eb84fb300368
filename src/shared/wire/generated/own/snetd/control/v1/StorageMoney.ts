// Original file: proto/snetd/control/v1/control.proto


export interface StorageMoneyInput {
  'signed'?: (string);
  'claims'?: (string);
}

export interface StorageMoney {
  'signed'?: (string);
  'claims'?: (string);
}
