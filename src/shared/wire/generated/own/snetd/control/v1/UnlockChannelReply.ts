// Original file: proto/snetd/control/v1/control.proto

import type { HoldInput as _snetd_control_v1_HoldInput, Hold as _snetd_control_v1_Hold } from '../../../snetd/control/v1/Hold.js';

export interface UnlockChannelReplyInput {
  'ended'?: (_snetd_control_v1_HoldInput | null);
}

export interface UnlockChannelReply {
  'ended'?: (_snetd_control_v1_Hold);
}
