// Original file: proto/snetd/infra/v1/infra.proto


export interface ProbePeerRequestInput {
  'host'?: (string);
  'port'?: (string);
  'tries'?: (number);
}

export interface ProbePeerRequest {
  'host'?: (string);
  'port'?: (string);
  'tries'?: (number);
}
