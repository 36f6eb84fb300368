// Original file: proto/daemon/legacy.proto


export interface InviteReplyInput {
  'invite'?: (Buffer | Uint8Array | string);
}

export interface InviteReply {
  'invite'?: (Buffer);
}
