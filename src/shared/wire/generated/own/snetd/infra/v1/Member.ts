// Original file: proto/snetd/infra/v1/infra.proto


export interface MemberInput {
  'member_pk'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'is_self'?: (boolean);
  'readable'?: (boolean);
  'reads_us'?: (boolean);
}

export interface Member {
  'member_pk'?: (Buffer);
  'device_pk'?: (Buffer);
  'is_self'?: (boolean);
  'readable'?: (boolean);
  'reads_us'?: (boolean);
}
