// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_GroupList_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
  'since_id'?: (Buffer | Uint8Array | string);
  'since_now'?: (boolean);
  'until_id'?: (Buffer | Uint8Array | string);
  'until_now'?: (boolean);
  'reverse_order'?: (boolean);
}

export interface _weshnet_protocol_v1_GroupList_Request {
  'group_pk'?: (Buffer);
  'since_id'?: (Buffer);
  'since_now'?: (boolean);
  'until_id'?: (Buffer);
  'until_now'?: (boolean);
  'reverse_order'?: (boolean);
}

export interface GroupListInput {
}

export interface GroupList {
}
