// Original file: proto/snetd/infra/v1/infra.proto

import type { Long } from '@grpc/proto-loader';

// Original file: proto/snetd/infra/v1/infra.proto

export const _snetd_infra_v1_SentEntry_Outcome = {
  OUTCOME_UNSPECIFIED: 'OUTCOME_UNSPECIFIED',
  SENT: 'SENT',
  ERROR: 'ERROR',
  UNKNOWN: 'UNKNOWN',
} as const;

export type _snetd_infra_v1_SentEntry_OutcomeInput =
  | 'OUTCOME_UNSPECIFIED'
  | 0
  | 'SENT'
  | 1
  | 'ERROR'
  | 2
  | 'UNKNOWN'
  | 3

export type _snetd_infra_v1_SentEntry_Outcome = typeof _snetd_infra_v1_SentEntry_Outcome[keyof typeof _snetd_infra_v1_SentEntry_Outcome]

export interface SentEntryInput {
  'group'?: (string);
  'test'?: (string);
  'sequence'?: (number | string | Long);
  'cid'?: (Buffer | Uint8Array | string);
  'sent_at'?: (number | string | Long);
  'size'?: (number);
  'outcome'?: (_snetd_infra_v1_SentEntry_OutcomeInput);
  'epoch'?: (number);
  'took_us'?: (number | string | Long);
  'reason'?: (string);
}

export interface SentEntry {
  'group'?: (string);
  'test'?: (string);
  'sequence'?: (string);
  'cid'?: (Buffer);
  'sent_at'?: (string);
  'size'?: (number);
  'outcome'?: (_snetd_infra_v1_SentEntry_Outcome);
  'epoch'?: (number);
  'took_us'?: (string);
  'reason'?: (string);
}
