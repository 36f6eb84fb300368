// Original file: proto/snetd/infra/v1/infra.proto

import type { SentEntryInput as _snetd_infra_v1_SentEntryInput, SentEntry as _snetd_infra_v1_SentEntry } from '../../../snetd/infra/v1/SentEntry.js';
import type { ReceivedEntryInput as _snetd_infra_v1_ReceivedEntryInput, ReceivedEntry as _snetd_infra_v1_ReceivedEntry } from '../../../snetd/infra/v1/ReceivedEntry.js';
import type { AckEntryInput as _snetd_infra_v1_AckEntryInput, AckEntry as _snetd_infra_v1_AckEntry } from '../../../snetd/infra/v1/AckEntry.js';

export interface LedgerPageInput {
  'sent'?: (_snetd_infra_v1_SentEntryInput)[];
  'received'?: (_snetd_infra_v1_ReceivedEntryInput)[];
  'acks'?: (_snetd_infra_v1_AckEntryInput)[];
}

export interface LedgerPage {
  'sent'?: (_snetd_infra_v1_SentEntry)[];
  'received'?: (_snetd_infra_v1_ReceivedEntry)[];
  'acks'?: (_snetd_infra_v1_AckEntry)[];
}
