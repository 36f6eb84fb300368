// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface GroupMetadataInput {
  'event_type'?: (number);
  'payload'?: (Buffer | Uint8Array | string);
  'sig'?: (Buffer | Uint8Array | string);
}

export interface GroupMetadata {
  'event_type'?: (number);
  'payload'?: (Buffer);
  'sig'?: (Buffer);
}
