// Original file: proto/snetd/infra/v1/infra.proto


export interface UploadLogsRequestInput {
  'folder'?: (string);
  'name'?: (string);
}

export interface UploadLogsRequest {
  'folder'?: (string);
  'name'?: (string);
}
