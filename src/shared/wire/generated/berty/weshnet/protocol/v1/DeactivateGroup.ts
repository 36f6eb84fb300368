// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_DeactivateGroup_ReplyInput {
}

export interface _weshnet_protocol_v1_DeactivateGroup_Reply {
}

export interface _weshnet_protocol_v1_DeactivateGroup_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_DeactivateGroup_Request {
  'group_pk'?: (Buffer);
}

export interface DeactivateGroupInput {
}

export interface DeactivateGroup {
}
