// Original file: proto/snetd/control/v1/control.proto


export interface ImportStorageRequestInput {
  'dry_run'?: (boolean);
  'lines'?: (string)[];
}

export interface ImportStorageRequest {
  'dry_run'?: (boolean);
  'lines'?: (string)[];
}
