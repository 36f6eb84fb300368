// Original file: proto/escrow/control_service.proto


export interface StartClaimRequestInput {
  'mpe_address'?: (string);
  'channel_id'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
  'sendback'?: (boolean);
}

export interface StartClaimRequest {
  'mpe_address'?: (string);
  'channel_id'?: (Buffer);
  'signature'?: (Buffer);
  'sendback'?: (boolean);
}
