// Original file: proto/daemon/legacy.proto


export interface IsTestRunningReplyInput {
  'testIsRunning'?: (boolean);
}

export interface IsTestRunningReply {
  'testIsRunning'?: (boolean);
}
