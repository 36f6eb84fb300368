// Original file: proto/snetd/infra/v1/infra.proto

import type { GroupInput as _snetd_infra_v1_GroupInput, Group as _snetd_infra_v1_Group } from '../../../snetd/infra/v1/Group.js';

export interface InviteInput {
  'group'?: (_snetd_infra_v1_GroupInput | null);
  'invite'?: (Buffer | Uint8Array | string);
  'internal_url'?: (string);
  'web_url'?: (string);
}

export interface Invite {
  'group'?: (_snetd_infra_v1_Group);
  'invite'?: (Buffer);
  'internal_url'?: (string);
  'web_url'?: (string);
}
