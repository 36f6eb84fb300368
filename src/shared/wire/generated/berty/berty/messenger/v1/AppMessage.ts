// Original file: proto/berty/messenger/v1/messenger.proto

import type { MediaInput as _berty_messenger_v1_MediaInput, Media as _berty_messenger_v1_Media } from '../../../berty/messenger/v1/Media.js';
import type { Long } from '@grpc/proto-loader';

// Original file: proto/berty/messenger/v1/messenger.proto

export const _berty_messenger_v1_AppMessage_Type = {
  Undefined: 0,
  TypeUserMessage: 1,
  TypeUserReaction: 2,
  TypeGroupInvitation: 3,
  TypeSetGroupInfo: 4,
  TypeSetUserInfo: 5,
  TypeAcknowledge: 6,
  TypeReplyOptions: 7,
} as const;

export type _berty_messenger_v1_AppMessage_TypeInput =
  | 'Undefined'
  | 0
  | 'TypeUserMessage'
  | 1
  | 'TypeUserReaction'
  | 2
  | 'TypeGroupInvitation'
  | 3
  | 'TypeSetGroupInfo'
  | 4
  | 'TypeSetUserInfo'
  | 5
  | 'TypeAcknowledge'
  | 6
  | 'TypeReplyOptions'
  | 7

export type _berty_messenger_v1_AppMessage_Type = typeof _berty_messenger_v1_AppMessage_Type[keyof typeof _berty_messenger_v1_AppMessage_Type]

export interface AppMessageInput {
  'type'?: (number);
  'payload'?: (Buffer | Uint8Array | string);
  'sent_date'?: (number | string | Long);
  'medias'?: (_berty_messenger_v1_MediaInput)[];
  'target_cid'?: (string);
}

export interface AppMessage {
  'type'?: (number);
  'payload'?: (Buffer);
  'sent_date'?: (string);
  'medias'?: (_berty_messenger_v1_Media)[];
  'target_cid'?: (string);
}
