// Original file: proto/berty/messenger/v1/messenger.proto

import type { BertyIDInput as _berty_messenger_v1_BertyIDInput, BertyID as _berty_messenger_v1_BertyID } from '../../../berty/messenger/v1/BertyID.js';
import type { BertyGroupInput as _berty_messenger_v1_BertyGroupInput, BertyGroup as _berty_messenger_v1_BertyGroup } from '../../../berty/messenger/v1/BertyGroup.js';

// Original file: proto/berty/messenger/v1/messenger.proto

export const _berty_messenger_v1_BertyLink_Kind = {
  UnknownKind: 0,
  ContactInviteV1Kind: 1,
  GroupV1Kind: 2,
  EncryptedV1Kind: 3,
  MessageV1Kind: 4,
} as const;

export type _berty_messenger_v1_BertyLink_KindInput =
  | 'UnknownKind'
  | 0
  | 'ContactInviteV1Kind'
  | 1
  | 'GroupV1Kind'
  | 2
  | 'EncryptedV1Kind'
  | 3
  | 'MessageV1Kind'
  | 4

export type _berty_messenger_v1_BertyLink_Kind = typeof _berty_messenger_v1_BertyLink_Kind[keyof typeof _berty_messenger_v1_BertyLink_Kind]

export interface BertyLinkInput {
  'kind'?: (_berty_messenger_v1_BertyLink_KindInput);
  'berty_id'?: (_berty_messenger_v1_BertyIDInput | null);
  'berty_group'?: (_berty_messenger_v1_BertyGroupInput | null);
}

export interface BertyLink {
  'kind'?: (_berty_messenger_v1_BertyLink_Kind);
  'berty_id'?: (_berty_messenger_v1_BertyID);
  'berty_group'?: (_berty_messenger_v1_BertyGroup);
}
