// Original file: proto/snetd/infra/v1/infra.proto


export interface ResetReplyInput {
  'tests_stopped'?: (number);
  'groups_forgotten'?: (number);
  'runs_deleted'?: (number);
}

export interface ResetReply {
  'tests_stopped'?: (number);
  'groups_forgotten'?: (number);
  'runs_deleted'?: (number);
}
