// Original file: proto/snetd/infra/v1/infra.proto

import type { InviteFormatInput as _snetd_infra_v1_InviteFormatInput, InviteFormat as _snetd_infra_v1_InviteFormat } from '../../../snetd/infra/v1/InviteFormat.js';

export interface CreateGroupRequestInput {
  'name'?: (string);
  'reuse'?: (boolean);
  'format'?: (_snetd_infra_v1_InviteFormatInput);
}

export interface CreateGroupRequest {
  'name'?: (string);
  'reuse'?: (boolean);
  'format'?: (_snetd_infra_v1_InviteFormat);
}
