// Original file: proto/snetd/infra/v1/infra.proto


export interface GetRunRequestInput {
  'run_id'?: (string);
}

export interface GetRunRequest {
  'run_id'?: (string);
}
