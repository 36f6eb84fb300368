// Original file: proto/snetd/infra/v1/infra.proto

import type { InviteFormatInput as _snetd_infra_v1_InviteFormatInput, InviteFormat as _snetd_infra_v1_InviteFormat } from '../../../snetd/infra/v1/InviteFormat.js';

export interface GetInviteRequestInput {
  'name'?: (string);
  'format'?: (_snetd_infra_v1_InviteFormatInput);
}

export interface GetInviteRequest {
  'name'?: (string);
  'format'?: (_snetd_infra_v1_InviteFormat);
}
