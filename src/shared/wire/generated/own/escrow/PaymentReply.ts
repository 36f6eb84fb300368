// Original file: proto/escrow/control_service.proto


export interface PaymentReplyInput {
  'channel_id'?: (Buffer | Uint8Array | string);
  'channel_nonce'?: (Buffer | Uint8Array | string);
  'signed_amount'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
  'channel_expiry'?: (Buffer | Uint8Array | string);
  'sendback'?: (boolean);
}

export interface PaymentReply {
  'channel_id'?: (Buffer);
  'channel_nonce'?: (Buffer);
  'signed_amount'?: (Buffer);
  'signature'?: (Buffer);
  'channel_expiry'?: (Buffer);
  'sendback'?: (boolean);
}
