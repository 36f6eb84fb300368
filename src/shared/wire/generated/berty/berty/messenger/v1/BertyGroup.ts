// Original file: proto/berty/messenger/v1/messenger.proto

import type { GroupInput as _weshnet_protocol_v1_GroupInput, Group as _weshnet_protocol_v1_Group } from '../../../weshnet/protocol/v1/Group.js';

export interface BertyGroupInput {
  'group'?: (_weshnet_protocol_v1_GroupInput | null);
  'display_name'?: (string);
}

export interface BertyGroup {
  'group'?: (_weshnet_protocol_v1_Group);
  'display_name'?: (string);
}
