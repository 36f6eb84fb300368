// Original file: proto/berty/messenger/v1/messenger.proto

import type { StreamEventInput as _berty_messenger_v1_StreamEventInput, StreamEvent as _berty_messenger_v1_StreamEvent } from '../../../berty/messenger/v1/StreamEvent.js';

export interface _berty_messenger_v1_EventStream_ReplyInput {
  'event'?: (_berty_messenger_v1_StreamEventInput | null);
}

export interface _berty_messenger_v1_EventStream_Reply {
  'event'?: (_berty_messenger_v1_StreamEvent);
}

export interface _berty_messenger_v1_EventStream_RequestInput {
  'shallow_amount'?: (number);
}

export interface _berty_messenger_v1_EventStream_Request {
  'shallow_amount'?: (number);
}

export interface EventStreamInput {
}

export interface EventStream {
}
