// Original file: proto/berty/messenger/v1/messenger.proto


export interface UserMessageInput {
  'body'?: (string);
}

export interface UserMessage {
  'body'?: (string);
}
