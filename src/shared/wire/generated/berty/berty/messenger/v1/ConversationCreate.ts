// Original file: proto/berty/messenger/v1/messenger.proto


export interface _berty_messenger_v1_ConversationCreate_ReplyInput {
  'public_key'?: (string);
}

export interface _berty_messenger_v1_ConversationCreate_Reply {
  'public_key'?: (string);
}

export interface _berty_messenger_v1_ConversationCreate_RequestInput {
  'display_name'?: (string);
  'contacts_to_invite'?: (string)[];
}

export interface _berty_messenger_v1_ConversationCreate_Request {
  'display_name'?: (string);
  'contacts_to_invite'?: (string)[];
}

export interface ConversationCreateInput {
}

export interface ConversationCreate {
}
