// Original file: proto/berty/messenger/v1/messenger.proto


export interface _berty_messenger_v1_Interact_ReplyInput {
  'cid'?: (string);
}

export interface _berty_messenger_v1_Interact_Reply {
  'cid'?: (string);
}

export interface _berty_messenger_v1_Interact_RequestInput {
  'type'?: (number);
  'payload'?: (Buffer | Uint8Array | string);
  'conversation_public_key'?: (string);
  'media_cids'?: (string)[];
  'target_cid'?: (string);
  'metadata'?: (boolean);
}

export interface _berty_messenger_v1_Interact_Request {
  'type'?: (number);
  'payload'?: (Buffer);
  'conversation_public_key'?: (string);
  'media_cids'?: (string)[];
  'target_cid'?: (string);
  'metadata'?: (boolean);
}

export interface InteractInput {
}

export interface Interact {
}
