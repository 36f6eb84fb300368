// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface GroupDeviceChainKeyAddedInput {
  'device_pk'?: (Buffer | Uint8Array | string);
  'dest_member_pk'?: (Buffer | Uint8Array | string);
  'payload'?: (Buffer | Uint8Array | string);
}

export interface GroupDeviceChainKeyAdded {
  'device_pk'?: (Buffer);
  'dest_member_pk'?: (Buffer);
  'payload'?: (Buffer);
}
