// Original file: proto/berty/messenger/v1/messenger.proto

import type { BertyLinkInput as _berty_messenger_v1_BertyLinkInput, BertyLink as _berty_messenger_v1_BertyLink } from '../../../berty/messenger/v1/BertyLink.js';

export interface _berty_messenger_v1_ParseDeepLink_ReplyInput {
  'link'?: (_berty_messenger_v1_BertyLinkInput | null);
}

export interface _berty_messenger_v1_ParseDeepLink_Reply {
  'link'?: (_berty_messenger_v1_BertyLink);
}

export interface _berty_messenger_v1_ParseDeepLink_RequestInput {
  'link'?: (string);
  'passphrase'?: (Buffer | Uint8Array | string);
}

export interface _berty_messenger_v1_ParseDeepLink_Request {
  'link'?: (string);
  'passphrase'?: (Buffer);
}

export interface ParseDeepLinkInput {
}

export interface ParseDeepLink {
}
