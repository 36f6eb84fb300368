// Original file: proto/snetd/infra/v1/infra.proto


export interface StopTestRequestInput {
  'group'?: (string);
  'test'?: (string);
}

export interface StopTestRequest {
  'group'?: (string);
  'test'?: (string);
}
