// Original file: proto/daemon/legacy.proto


export interface TestConnectionReplyInput {
  'success'?: (boolean);
}

export interface TestConnectionReply {
  'success'?: (boolean);
}
