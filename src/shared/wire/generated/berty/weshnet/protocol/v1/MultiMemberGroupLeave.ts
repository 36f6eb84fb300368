// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_MultiMemberGroupLeave_ReplyInput {
}

export interface _weshnet_protocol_v1_MultiMemberGroupLeave_Reply {
}

export interface _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_MultiMemberGroupLeave_Request {
  'group_pk'?: (Buffer);
}

export interface MultiMemberGroupLeaveInput {
}

export interface MultiMemberGroupLeave {
}
