// Original file: proto/snetd/infra/v1/infra.proto

import type { TestPlanInput as _snetd_infra_v1_TestPlanInput, TestPlan as _snetd_infra_v1_TestPlan } from '../../../snetd/infra/v1/TestPlan.js';
import type { WaitInput as _snetd_infra_v1_WaitInput, Wait as _snetd_infra_v1_Wait } from '../../../snetd/infra/v1/Wait.js';
import type { Long } from '@grpc/proto-loader';

// Original file: proto/snetd/infra/v1/infra.proto

export const _snetd_infra_v1_Test_End = {
  END_UNSPECIFIED: 'END_UNSPECIFIED',
  COMPLETED: 'COMPLETED',
  STOPPED: 'STOPPED',
  FAILED: 'FAILED',
} as const;

export type _snetd_infra_v1_Test_EndInput =
  | 'END_UNSPECIFIED'
  | 0
  | 'COMPLETED'
  | 1
  | 'STOPPED'
  | 2
  | 'FAILED'
  | 3

export type _snetd_infra_v1_Test_End = typeof _snetd_infra_v1_Test_End[keyof typeof _snetd_infra_v1_Test_End]

// Original file: proto/snetd/infra/v1/infra.proto

export const _snetd_infra_v1_Test_State = {
  STATE_UNSPECIFIED: 'STATE_UNSPECIFIED',
  PLANNED: 'PLANNED',
  PREPARING: 'PREPARING',
  RUNNING: 'RUNNING',
  DRAINING: 'DRAINING',
  DONE: 'DONE',
  WAITING: 'WAITING',
} as const;

export type _snetd_infra_v1_Test_StateInput =
  | 'STATE_UNSPECIFIED'
  | 0
  | 'PLANNED'
  | 1
  | 'PREPARING'
  | 2
  | 'RUNNING'
  | 3
  | 'DRAINING'
  | 4
  | 'DONE'
  | 5
  | 'WAITING'
  | 6

export type _snetd_infra_v1_Test_State = typeof _snetd_infra_v1_Test_State[keyof typeof _snetd_infra_v1_Test_State]

export interface TestInput {
  'group'?: (string);
  'test'?: (string);
  'plan'?: (_snetd_infra_v1_TestPlanInput | null);
  'state'?: (_snetd_infra_v1_Test_StateInput);
  'end'?: (_snetd_infra_v1_Test_EndInput);
  'run_id'?: (string);
  'running'?: (boolean);
  'sent'?: (number | string | Long);
  'send_errors'?: (number | string | Long);
  'sent_unknown'?: (number | string | Long);
  'acknowledged'?: (number | string | Long);
  'started_at'?: (number | string | Long);
  'ended_at'?: (number | string | Long);
  'reason'?: (string);
  'sent_as_text'?: (boolean);
  'waits'?: (_snetd_infra_v1_WaitInput)[];
}

export interface Test {
  'group'?: (string);
  'test'?: (string);
  'plan'?: (_snetd_infra_v1_TestPlan);
  'state'?: (_snetd_infra_v1_Test_State);
  'end'?: (_snetd_infra_v1_Test_End);
  'run_id'?: (string);
  'running'?: (boolean);
  'sent'?: (string);
  'send_errors'?: (string);
  'sent_unknown'?: (string);
  'acknowledged'?: (string);
  'started_at'?: (string);
  'ended_at'?: (string);
  'reason'?: (string);
  'sent_as_text'?: (boolean);
  'waits'?: (_snetd_infra_v1_Wait)[];
}
