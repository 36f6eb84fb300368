// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_ActivateGroup_ReplyInput {
}

export interface _weshnet_protocol_v1_ActivateGroup_Reply {
}

export interface _weshnet_protocol_v1_ActivateGroup_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
  'local_only'?: (boolean);
}

export interface _weshnet_protocol_v1_ActivateGroup_Request {
  'group_pk'?: (Buffer);
  'local_only'?: (boolean);
}

export interface ActivateGroupInput {
}

export interface ActivateGroup {
}
