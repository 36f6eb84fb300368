// Original file: proto/snetd/control/v1/control.proto

import type { KeptChannelInput as _snetd_control_v1_KeptChannelInput, KeptChannel as _snetd_control_v1_KeptChannel } from '../../../snetd/control/v1/KeptChannel.js';

export interface KeptChannelsInput {
  'channels'?: (_snetd_control_v1_KeptChannelInput)[];
  'more'?: (boolean);
}

export interface KeptChannels {
  'channels'?: (_snetd_control_v1_KeptChannel)[];
  'more'?: (boolean);
}
