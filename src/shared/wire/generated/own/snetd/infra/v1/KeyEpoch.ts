// Original file: proto/snetd/infra/v1/infra.proto


export interface KeyEpochInput {
  'epoch'?: (number);
  'member_pks'?: (Buffer | Uint8Array | string)[];
}

export interface KeyEpoch {
  'epoch'?: (number);
  'member_pks'?: (Buffer)[];
}
