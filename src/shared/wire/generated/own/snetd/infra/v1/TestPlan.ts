// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

// Original file: proto/snetd/infra/v1/infra.proto

export const _snetd_infra_v1_TestPlan_Type = {
  TYPE_UNSPECIFIED: 'TYPE_UNSPECIFIED',
  TEXT: 'TEXT',
  MEDIA: 'MEDIA',
} as const;

export type _snetd_infra_v1_TestPlan_TypeInput =
  | 'TYPE_UNSPECIFIED'
  | 0
  | 'TEXT'
  | 1
  | 'MEDIA'
  | 2

export type _snetd_infra_v1_TestPlan_Type = typeof _snetd_infra_v1_TestPlan_Type[keyof typeof _snetd_infra_v1_TestPlan_Type]

// Original file: proto/snetd/infra/v1/infra.proto

export const _snetd_infra_v1_TestPlan_WhileAway = {
  WHILE_AWAY_UNSPECIFIED: 'WHILE_AWAY_UNSPECIFIED',
  PAUSE: 'PAUSE',
  FAIL: 'FAIL',
} as const;

export type _snetd_infra_v1_TestPlan_WhileAwayInput =
  | 'WHILE_AWAY_UNSPECIFIED'
  | 0
  | 'PAUSE'
  | 1
  | 'FAIL'
  | 2

export type _snetd_infra_v1_TestPlan_WhileAway = typeof _snetd_infra_v1_TestPlan_WhileAway[keyof typeof _snetd_infra_v1_TestPlan_WhileAway]

export interface TestPlanInput {
  'type'?: (_snetd_infra_v1_TestPlan_TypeInput);
  'size'?: (number | string | Long);
  'interval_us'?: (number | string | Long);
  'amount'?: (number | string | Long);
  'rate'?: (number | string);
  'ramp_seconds'?: (number | string);
  'seed'?: (string);
  'media_as_text'?: (boolean);
  'drain_us'?: (number | string | Long);
  'drain_max_us'?: (number | string | Long);
  'while_away'?: (_snetd_infra_v1_TestPlan_WhileAwayInput);
}

export interface TestPlan {
  'type'?: (_snetd_infra_v1_TestPlan_Type);
  'size'?: (string);
  'interval_us'?: (string);
  'amount'?: (string);
  'rate'?: (number);
  'ramp_seconds'?: (number);
  'seed'?: (string);
  'media_as_text'?: (boolean);
  'drain_us'?: (string);
  'drain_max_us'?: (string);
  'while_away'?: (_snetd_infra_v1_TestPlan_WhileAway);
}
