// Original file: proto/berty/messenger/v1/messenger.proto


export interface _berty_messenger_v1_ReplicationServiceRegisterGroup_ReplyInput {
}

export interface _berty_messenger_v1_ReplicationServiceRegisterGroup_Reply {
}

export interface _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput {
  'token_id'?: (string);
  'conversation_public_key'?: (string);
}

export interface _berty_messenger_v1_ReplicationServiceRegisterGroup_Request {
  'token_id'?: (string);
  'conversation_public_key'?: (string);
}

export interface ReplicationServiceRegisterGroupInput {
}

export interface ReplicationServiceRegisterGroup {
}
