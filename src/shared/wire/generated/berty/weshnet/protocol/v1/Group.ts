// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { GroupTypeInput as _weshnet_protocol_v1_GroupTypeInput, GroupType as _weshnet_protocol_v1_GroupType } from '../../../weshnet/protocol/v1/GroupType.js';

export interface GroupInput {
  'public_key'?: (Buffer | Uint8Array | string);
  'secret'?: (Buffer | Uint8Array | string);
  'secret_sig'?: (Buffer | Uint8Array | string);
  'group_type'?: (_weshnet_protocol_v1_GroupTypeInput);
  'sign_pub'?: (Buffer | Uint8Array | string);
  'link_key'?: (Buffer | Uint8Array | string);
  'link_key_sig'?: (Buffer | Uint8Array | string);
}

export interface Group {
  'public_key'?: (Buffer);
  'secret'?: (Buffer);
  'secret_sig'?: (Buffer);
  'group_type'?: (_weshnet_protocol_v1_GroupType);
  'sign_pub'?: (Buffer);
  'link_key'?: (Buffer);
  'link_key_sig'?: (Buffer);
}
