// Original file: proto/daemon/legacy.proto


export interface IsProcessRunningReplyInput {
  'running'?: (boolean);
}

export interface IsProcessRunningReply {
  'running'?: (boolean);
}
