// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface GroupMetadataPayloadSentInput {
  'device_pk'?: (Buffer | Uint8Array | string);
  'message'?: (Buffer | Uint8Array | string);
}

export interface GroupMetadataPayloadSent {
  'device_pk'?: (Buffer);
  'message'?: (Buffer);
}
