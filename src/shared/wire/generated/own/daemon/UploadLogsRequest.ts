// Original file: proto/daemon/legacy.proto


export interface UploadLogsRequestInput {
  'folder'?: (string);
  'name'?: (string);
}

export interface UploadLogsRequest {
  'folder'?: (string);
  'name'?: (string);
}
