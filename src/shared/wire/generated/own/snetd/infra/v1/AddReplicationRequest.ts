// Original file: proto/snetd/infra/v1/infra.proto


export interface AddReplicationRequestInput {
  'group'?: (string);
  'token_server'?: (string);
}

export interface AddReplicationRequest {
  'group'?: (string);
  'token_server'?: (string);
}
