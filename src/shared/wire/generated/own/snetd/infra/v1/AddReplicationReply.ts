// Original file: proto/snetd/infra/v1/infra.proto


export interface AddReplicationReplyInput {
  'token_id'?: (string);
}

export interface AddReplicationReply {
  'token_id'?: (string);
}
