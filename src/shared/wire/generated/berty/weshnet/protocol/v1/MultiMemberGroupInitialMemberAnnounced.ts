// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface MultiMemberGroupInitialMemberAnnouncedInput {
  'device_pk'?: (Buffer | Uint8Array | string);
}

export interface MultiMemberGroupInitialMemberAnnounced {
  'device_pk'?: (Buffer);
}
