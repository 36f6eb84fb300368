// Original file: proto/snetd/control/v1/control.proto


export interface KeptClaimInput {
  'channel'?: (string);
  'nonce'?: (string);
  'amount'?: (string);
  'sendback'?: (boolean);
  'signature'?: (Buffer | Uint8Array | string);
}

export interface KeptClaim {
  'channel'?: (string);
  'nonce'?: (string);
  'amount'?: (string);
  'sendback'?: (boolean);
  'signature'?: (Buffer);
}
