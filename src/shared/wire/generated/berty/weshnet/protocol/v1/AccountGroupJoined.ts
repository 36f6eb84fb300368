// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { GroupInput as _weshnet_protocol_v1_GroupInput, Group as _weshnet_protocol_v1_Group } from '../../../weshnet/protocol/v1/Group.js';

export interface AccountGroupJoinedInput {
  'device_pk'?: (Buffer | Uint8Array | string);
  'group'?: (_weshnet_protocol_v1_GroupInput | null);
}

export interface AccountGroupJoined {
  'device_pk'?: (Buffer);
  'group'?: (_weshnet_protocol_v1_Group);
}
