// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_AppMessageSend_ReplyInput {
  'cid'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_AppMessageSend_Reply {
  'cid'?: (Buffer);
}

export interface _weshnet_protocol_v1_AppMessageSend_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
  'payload'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_AppMessageSend_Request {
  'group_pk'?: (Buffer);
  'payload'?: (Buffer);
}

export interface AppMessageSendInput {
}

export interface AppMessageSend {
}
