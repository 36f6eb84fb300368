// Original file: proto/snetd/infra/v1/infra.proto

import type { ReliabilityInput as _snetd_infra_v1_ReliabilityInput, Reliability as _snetd_infra_v1_Reliability } from '../../../snetd/infra/v1/Reliability.js';
import type { ListCostsInput as _snetd_infra_v1_ListCostsInput, ListCosts as _snetd_infra_v1_ListCosts } from '../../../snetd/infra/v1/ListCosts.js';
import type { NewestLiveInput as _snetd_infra_v1_NewestLiveInput, NewestLive as _snetd_infra_v1_NewestLive } from '../../../snetd/infra/v1/NewestLive.js';
import type { Long } from '@grpc/proto-loader';

// Original file: proto/snetd/infra/v1/infra.proto

export const _snetd_infra_v1_Peer_State = {
  STATE_UNSPECIFIED: 'STATE_UNSPECIFIED',
  ABSENT: 'ABSENT',
  CONNECTED: 'CONNECTED',
  LOST: 'LOST',
} as const;

export type _snetd_infra_v1_Peer_StateInput =
  | 'STATE_UNSPECIFIED'
  | 0
  | 'ABSENT'
  | 1
  | 'CONNECTED'
  | 2
  | 'LOST'
  | 3

export type _snetd_infra_v1_Peer_State = typeof _snetd_infra_v1_Peer_State[keyof typeof _snetd_infra_v1_Peer_State]

export interface PeerInput {
  'state'?: (_snetd_infra_v1_Peer_StateInput);
  'endpoint'?: (string);
  'account_pk'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'peer_id'?: (string);
  'listeners'?: (string)[];
  'era'?: (string);
  'version'?: (string);
  'reason'?: (string);
  'groups'?: (number);
  'tests_running'?: (number);
  'connected_peers'?: (number | string | Long);
  'reliability'?: (_snetd_infra_v1_ReliabilityInput | null);
  'daemon_version'?: (string);
  'media'?: (boolean);
  'lists'?: (_snetd_infra_v1_ListCostsInput | null);
  'unread'?: (number | string | Long);
  'newest_live'?: (_snetd_infra_v1_NewestLiveInput | null);
  'ledger_version'?: (number);
}

export interface Peer {
  'state'?: (_snetd_infra_v1_Peer_State);
  'endpoint'?: (string);
  'account_pk'?: (Buffer);
  'device_pk'?: (Buffer);
  'peer_id'?: (string);
  'listeners'?: (string)[];
  'era'?: (string);
  'version'?: (string);
  'reason'?: (string);
  'groups'?: (number);
  'tests_running'?: (number);
  'connected_peers'?: (string);
  'reliability'?: (_snetd_infra_v1_Reliability);
  'daemon_version'?: (string);
  'media'?: (boolean);
  'lists'?: (_snetd_infra_v1_ListCosts);
  'unread'?: (string);
  'newest_live'?: (_snetd_infra_v1_NewestLive);
  'ledger_version'?: (number);
}
