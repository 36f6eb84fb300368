// Original file: proto/berty/messenger/v1/messenger.proto

import type { MediaInput as _berty_messenger_v1_MediaInput, Media as _berty_messenger_v1_Media } from '../../../berty/messenger/v1/Media.js';

export interface _berty_messenger_v1_MediaRetrieve_ReplyInput {
  'block'?: (Buffer | Uint8Array | string);
  'info'?: (_berty_messenger_v1_MediaInput | null);
}

export interface _berty_messenger_v1_MediaRetrieve_Reply {
  'block'?: (Buffer);
  'info'?: (_berty_messenger_v1_Media);
}

export interface _berty_messenger_v1_MediaRetrieve_RequestInput {
  'cid'?: (string);
}

export interface _berty_messenger_v1_MediaRetrieve_Request {
  'cid'?: (string);
}

export interface MediaRetrieveInput {
}

export interface MediaRetrieve {
}
