// Original file: proto/snetd/control/v1/control.proto


export interface FreeCallUserReplyInput {
  'user'?: (string);
}

export interface FreeCallUserReply {
  'user'?: (string);
}
