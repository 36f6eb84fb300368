// Original file: proto/snetd/infra/v1/infra.proto

import type { PeerInput as _snetd_infra_v1_PeerInput, Peer as _snetd_infra_v1_Peer } from '../../../snetd/infra/v1/Peer.js';
import type { GroupInput as _snetd_infra_v1_GroupInput, Group as _snetd_infra_v1_Group } from '../../../snetd/infra/v1/Group.js';
import type { TestPartInput as _snetd_infra_v1_TestPartInput, TestPart as _snetd_infra_v1_TestPart } from '../../../snetd/infra/v1/TestPart.js';
import type { HostClockInput as _snetd_infra_v1_HostClockInput, HostClock as _snetd_infra_v1_HostClock } from '../../../snetd/infra/v1/HostClock.js';
import type { Long } from '@grpc/proto-loader';

export interface RunPartInput {
  'run_id'?: (string);
  'started_at'?: (number | string | Long);
  'ended_at'?: (number | string | Long);
  'peer'?: (_snetd_infra_v1_PeerInput | null);
  'groups'?: (_snetd_infra_v1_GroupInput)[];
  'tests'?: (_snetd_infra_v1_TestPartInput)[];
  'clocks'?: (_snetd_infra_v1_HostClockInput)[];
}

export interface RunPart {
  'run_id'?: (string);
  'started_at'?: (string);
  'ended_at'?: (string);
  'peer'?: (_snetd_infra_v1_Peer);
  'groups'?: (_snetd_infra_v1_Group)[];
  'tests'?: (_snetd_infra_v1_TestPart)[];
  'clocks'?: (_snetd_infra_v1_HostClock)[];
}
