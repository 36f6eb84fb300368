// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_MultiMemberGroupCreate_ReplyInput {
  'group_pk'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_MultiMemberGroupCreate_Reply {
  'group_pk'?: (Buffer);
}

export interface _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput {
}

export interface _weshnet_protocol_v1_MultiMemberGroupCreate_Request {
}

export interface MultiMemberGroupCreateInput {
}

export interface MultiMemberGroupCreate {
}
