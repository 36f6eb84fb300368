// Original file: proto/berty/messenger/v1/messenger.proto


export interface BertyIDInput {
  'public_rendezvous_seed'?: (Buffer | Uint8Array | string);
  'account_pk'?: (Buffer | Uint8Array | string);
  'display_name'?: (string);
}

export interface BertyID {
  'public_rendezvous_seed'?: (Buffer);
  'account_pk'?: (Buffer);
  'display_name'?: (string);
}
