// Original file: proto/snetd/infra/v1/infra.proto

import type { MemberInput as _snetd_infra_v1_MemberInput, Member as _snetd_infra_v1_Member } from '../../../snetd/infra/v1/Member.js';
import type { Long } from '@grpc/proto-loader';

export interface GroupInput {
  'name'?: (string);
  'public_key'?: (Buffer | Uint8Array | string);
  'member_pk'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'receiving'?: (boolean);
  'active'?: (boolean);
  'members'?: (_snetd_infra_v1_MemberInput)[];
  'messages_received'?: (number | string | Long);
  'acknowledgements_received'?: (number | string | Long);
  'made_here'?: (boolean);
}

export interface Group {
  'name'?: (string);
  'public_key'?: (Buffer);
  'member_pk'?: (Buffer);
  'device_pk'?: (Buffer);
  'receiving'?: (boolean);
  'active'?: (boolean);
  'members'?: (_snetd_infra_v1_Member)[];
  'messages_received'?: (string);
  'acknowledgements_received'?: (string);
  'made_here'?: (boolean);
}
