// Original file: proto/snetd/infra/v1/infra.proto


export interface JoinGroupRequestInput {
  'name'?: (string);
  'invite'?: (Buffer | Uint8Array | string);
}

export interface JoinGroupRequest {
  'name'?: (string);
  'invite'?: (Buffer);
}
