// Original file: proto/snetd/infra/v1/infra.proto

import type { GroupInput as _snetd_infra_v1_GroupInput, Group as _snetd_infra_v1_Group } from '../../../snetd/infra/v1/Group.js';

export interface GroupListInput {
  'groups'?: (_snetd_infra_v1_GroupInput)[];
}

export interface GroupList {
  'groups'?: (_snetd_infra_v1_Group)[];
}
