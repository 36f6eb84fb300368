// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface GroupMemberDeviceAddedInput {
  'member_pk'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'member_sig'?: (Buffer | Uint8Array | string);
}

export interface GroupMemberDeviceAdded {
  'member_pk'?: (Buffer);
  'device_pk'?: (Buffer);
  'member_sig'?: (Buffer);
}
