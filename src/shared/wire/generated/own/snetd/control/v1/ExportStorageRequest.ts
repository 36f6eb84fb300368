// Original file: proto/snetd/control/v1/control.proto


export interface ExportStorageRequestInput {
  'skip_damaged'?: (boolean);
}

export interface ExportStorageRequest {
  'skip_damaged'?: (boolean);
}
