// Original file: proto/berty/messenger/v1/messenger.proto


export interface _berty_messenger_v1_ConversationJoin_ReplyInput {
}

export interface _berty_messenger_v1_ConversationJoin_Reply {
}

export interface _berty_messenger_v1_ConversationJoin_RequestInput {
  'link'?: (string);
  'passphrase'?: (Buffer | Uint8Array | string);
}

export interface _berty_messenger_v1_ConversationJoin_Request {
  'link'?: (string);
  'passphrase'?: (Buffer);
}

export interface ConversationJoinInput {
}

export interface ConversationJoin {
}
