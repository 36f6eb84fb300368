// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { GroupInput as _weshnet_protocol_v1_GroupInput, Group as _weshnet_protocol_v1_Group } from '../../../weshnet/protocol/v1/Group.js';

export interface _weshnet_protocol_v1_MultiMemberGroupJoin_ReplyInput {
}

export interface _weshnet_protocol_v1_MultiMemberGroupJoin_Reply {
}

export interface _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput {
  'group'?: (_weshnet_protocol_v1_GroupInput | null);
}

export interface _weshnet_protocol_v1_MultiMemberGroupJoin_Request {
  'group'?: (_weshnet_protocol_v1_Group);
}

export interface MultiMemberGroupJoinInput {
}

export interface MultiMemberGroupJoin {
}
