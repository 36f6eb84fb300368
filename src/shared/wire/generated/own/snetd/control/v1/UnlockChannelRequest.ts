// Original file: proto/snetd/control/v1/control.proto


export interface UnlockChannelRequestInput {
  'channel'?: (string);
  'force'?: (boolean);
}

export interface UnlockChannelRequest {
  'channel'?: (string);
  'force'?: (boolean);
}
