// Original file: proto/snetd/control/v1/control.proto

import type { HoldInput as _snetd_control_v1_HoldInput, Hold as _snetd_control_v1_Hold } from '../../../snetd/control/v1/Hold.js';

export interface KeptChannelInput {
  'channel'?: (string);
  'nonce'?: (string);
  'sender'?: (string);
  'signer'?: (string);
  'recipient'?: (string);
  'value'?: (string);
  'expiration'?: (string);
  'authorized'?: (string);
  'hold'?: (_snetd_control_v1_HoldInput | null);
  'group_id'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
}

export interface KeptChannel {
  'channel'?: (string);
  'nonce'?: (string);
  'sender'?: (string);
  'signer'?: (string);
  'recipient'?: (string);
  'value'?: (string);
  'expiration'?: (string);
  'authorized'?: (string);
  'hold'?: (_snetd_control_v1_Hold);
  'group_id'?: (Buffer);
  'signature'?: (Buffer);
}
