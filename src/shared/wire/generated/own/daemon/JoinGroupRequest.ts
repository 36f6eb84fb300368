// Original file: proto/daemon/legacy.proto


export interface JoinGroupRequestInput {
  'groupName'?: (string);
  'invite'?: (Buffer | Uint8Array | string);
}

export interface JoinGroupRequest {
  'groupName'?: (string);
  'invite'?: (Buffer);
}
