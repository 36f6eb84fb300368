// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_DebugGroup_ReplyInput {
  'peer_ids'?: (string)[];
}

export interface _weshnet_protocol_v1_DebugGroup_Reply {
  'peer_ids'?: (string)[];
}

export interface _weshnet_protocol_v1_DebugGroup_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_DebugGroup_Request {
  'group_pk'?: (Buffer);
}

export interface DebugGroupInput {
}

export interface DebugGroup {
}
