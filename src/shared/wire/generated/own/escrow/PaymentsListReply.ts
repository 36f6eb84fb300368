// Original file: proto/escrow/control_service.proto

import type { PaymentReplyInput as _escrow_PaymentReplyInput, PaymentReply as _escrow_PaymentReply } from '../escrow/PaymentReply.js';

export interface PaymentsListReplyInput {
  'payments'?: (_escrow_PaymentReplyInput)[];
}

export interface PaymentsListReply {
  'payments'?: (_escrow_PaymentReply)[];
}
