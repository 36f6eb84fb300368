// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { GroupInput as _weshnet_protocol_v1_GroupInput, Group as _weshnet_protocol_v1_Group } from '../../../weshnet/protocol/v1/Group.js';

export interface _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_ReplyInput {
  'group'?: (_weshnet_protocol_v1_GroupInput | null);
}

export interface _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply {
  'group'?: (_weshnet_protocol_v1_Group);
}

export interface _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Request {
  'group_pk'?: (Buffer);
}

export interface MultiMemberGroupInvitationCreateInput {
}

export interface MultiMemberGroupInvitationCreate {
}
