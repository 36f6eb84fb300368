// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { GroupInput as _weshnet_protocol_v1_GroupInput, Group as _weshnet_protocol_v1_Group } from '../../../weshnet/protocol/v1/Group.js';

export interface _weshnet_protocol_v1_GroupInfo_ReplyInput {
  'group'?: (_weshnet_protocol_v1_GroupInput | null);
  'member_pk'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_GroupInfo_Reply {
  'group'?: (_weshnet_protocol_v1_Group);
  'member_pk'?: (Buffer);
  'device_pk'?: (Buffer);
}

export interface _weshnet_protocol_v1_GroupInfo_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
  'contact_pk'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_GroupInfo_Request {
  'group_pk'?: (Buffer);
  'contact_pk'?: (Buffer);
}

export interface GroupInfoInput {
}

export interface GroupInfo {
}
