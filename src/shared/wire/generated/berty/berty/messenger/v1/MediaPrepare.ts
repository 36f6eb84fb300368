// Original file: proto/berty/messenger/v1/messenger.proto

import type { MediaInput as _berty_messenger_v1_MediaInput, Media as _berty_messenger_v1_Media } from '../../../berty/messenger/v1/Media.js';

export interface _berty_messenger_v1_MediaPrepare_ReplyInput {
  'cid'?: (string);
}

export interface _berty_messenger_v1_MediaPrepare_Reply {
  'cid'?: (string);
}

export interface _berty_messenger_v1_MediaPrepare_RequestInput {
  'block'?: (Buffer | Uint8Array | string);
  'info'?: (_berty_messenger_v1_MediaInput | null);
  'uri'?: (string);
}

export interface _berty_messenger_v1_MediaPrepare_Request {
  'block'?: (Buffer);
  'info'?: (_berty_messenger_v1_Media);
  'uri'?: (string);
}

export interface MediaPrepareInput {
}

export interface MediaPrepare {
}
