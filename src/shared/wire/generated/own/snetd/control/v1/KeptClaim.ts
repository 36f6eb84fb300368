// Original file: proto/snetd/control/v1/control.proto


export interface KeptClaimInput {
  'channel'?: (string);
  'nonce'?: (string);
  'amount'?: (string);
  'sendback'?: (boolean);
}

export interface KeptClaim {
  'channel'?: (string);
  'nonce'?: (string);
  'amount'?: (string);
  'sendback'?: (boolean);
}
