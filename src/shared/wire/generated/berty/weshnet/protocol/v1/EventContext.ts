// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface EventContextInput {
  'id'?: (Buffer | Uint8Array | string);
  'parent_ids'?: (Buffer | Uint8Array | string)[];
  'group_pk'?: (Buffer | Uint8Array | string);
}

export interface EventContext {
  'id'?: (Buffer);
  'parent_ids'?: (Buffer)[];
  'group_pk'?: (Buffer);
}
