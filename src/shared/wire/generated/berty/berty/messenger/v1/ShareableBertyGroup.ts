// Original file: proto/berty/messenger/v1/messenger.proto

import type { BertyLinkInput as _berty_messenger_v1_BertyLinkInput, BertyLink as _berty_messenger_v1_BertyLink } from '../../../berty/messenger/v1/BertyLink.js';

export interface _berty_messenger_v1_ShareableBertyGroup_ReplyInput {
  'link'?: (_berty_messenger_v1_BertyLinkInput | null);
  'internal_url'?: (string);
  'web_url'?: (string);
}

export interface _berty_messenger_v1_ShareableBertyGroup_Reply {
  'link'?: (_berty_messenger_v1_BertyLink);
  'internal_url'?: (string);
  'web_url'?: (string);
}

export interface _berty_messenger_v1_ShareableBertyGroup_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
  'group_name'?: (string);
}

export interface _berty_messenger_v1_ShareableBertyGroup_Request {
  'group_pk'?: (Buffer);
  'group_name'?: (string);
}

export interface ShareableBertyGroupInput {
}

export interface ShareableBertyGroup {
}
