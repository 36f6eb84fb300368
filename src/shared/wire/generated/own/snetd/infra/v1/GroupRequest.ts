// Original file: proto/snetd/infra/v1/infra.proto


export interface GroupRequestInput {
  'name'?: (string);
}

export interface GroupRequest {
  'name'?: (string);
}
