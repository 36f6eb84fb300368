// Original file: proto/snetd/infra/v1/infra.proto


export interface ListRunsRequestInput {
  'limit'?: (number);
  'with_tests'?: (boolean);
}

export interface ListRunsRequest {
  'limit'?: (number);
  'with_tests'?: (boolean);
}
