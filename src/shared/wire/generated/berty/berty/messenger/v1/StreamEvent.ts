// Original file: proto/berty/messenger/v1/messenger.proto


export interface StreamEventInput {
  'type'?: (number);
  'payload'?: (Buffer | Uint8Array | string);
  'is_new'?: (boolean);
}

export interface StreamEvent {
  'type'?: (number);
  'payload'?: (Buffer);
  'is_new'?: (boolean);
}
