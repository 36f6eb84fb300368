// Original file: proto/snetd/control/v1/control.proto

import type { PartInput as _snetd_control_v1_PartInput, Part as _snetd_control_v1_Part } from '../../../snetd/control/v1/Part.js';
import type { GateInput as _snetd_control_v1_GateInput, Gate as _snetd_control_v1_Gate } from '../../../snetd/control/v1/Gate.js';
import type { InfraInput as _snetd_control_v1_InfraInput, Infra as _snetd_control_v1_Infra } from '../../../snetd/control/v1/Infra.js';

// Original file: proto/snetd/control/v1/control.proto

export const _snetd_control_v1_Status_Phase = {
  PHASE_UNSPECIFIED: 'PHASE_UNSPECIFIED',
  STARTING: 'STARTING',
  SERVING: 'SERVING',
  STOPPING: 'STOPPING',
} as const;

export type _snetd_control_v1_Status_PhaseInput =
  | 'PHASE_UNSPECIFIED'
  | 0
  | 'STARTING'
  | 1
  | 'SERVING'
  | 2
  | 'STOPPING'
  | 3

export type _snetd_control_v1_Status_Phase = typeof _snetd_control_v1_Status_Phase[keyof typeof _snetd_control_v1_Status_Phase]

export interface StatusInput {
  'phase'?: (_snetd_control_v1_Status_PhaseInput);
  'healthy'?: (boolean);
  'parts'?: (_snetd_control_v1_PartInput)[];
  'pid'?: (number);
  'version'?: (string);
  'uptime_seconds'?: (number | string);
  'gate'?: (_snetd_control_v1_GateInput | null);
  'waiting_for'?: (string);
  'infra'?: (_snetd_control_v1_InfraInput | null);
  'metrics'?: (string);
  'restart_for'?: (string)[];
  'settings_problems'?: (string)[];
  '_metrics'?: "metrics";
}

export interface Status {
  'phase'?: (_snetd_control_v1_Status_Phase);
  'healthy'?: (boolean);
  'parts'?: (_snetd_control_v1_Part)[];
  'pid'?: (number);
  'version'?: (string);
  'uptime_seconds'?: (number);
  'gate'?: (_snetd_control_v1_Gate);
  'waiting_for'?: (string);
  'infra'?: (_snetd_control_v1_Infra);
  'metrics'?: (string);
  'restart_for'?: (string)[];
  'settings_problems'?: (string)[];
  '_metrics'?: "metrics";
}
