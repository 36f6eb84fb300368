// Original file: proto/snetd/infra/v1/infra.proto


export interface ListTestsRequestInput {
  'group'?: (string);
  'test'?: (string);
}

export interface ListTestsRequest {
  'group'?: (string);
  'test'?: (string);
}
