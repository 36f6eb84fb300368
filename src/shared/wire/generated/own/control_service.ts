import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { GetPaymentsListRequestInput as _escrow_GetPaymentsListRequestInput, GetPaymentsListRequest as _escrow_GetPaymentsListRequest } from './escrow/GetPaymentsListRequest.js';
import type { PaymentReplyInput as _escrow_PaymentReplyInput, PaymentReply as _escrow_PaymentReply } from './escrow/PaymentReply.js';
import type { PaymentsListReplyInput as _escrow_PaymentsListReplyInput, PaymentsListReply as _escrow_PaymentsListReply } from './escrow/PaymentsListReply.js';
import type { ProviderControlServiceClient as _escrow_ProviderControlServiceClient, ProviderControlServiceDefinition as _escrow_ProviderControlServiceDefinition } from './escrow/ProviderControlService.js';
import type { StartClaimRequestInput as _escrow_StartClaimRequestInput, StartClaimRequest as _escrow_StartClaimRequest } from './escrow/StartClaimRequest.js';
import type { StartMultipleClaimRequestInput as _escrow_StartMultipleClaimRequestInput, StartMultipleClaimRequest as _escrow_StartMultipleClaimRequest } from './escrow/StartMultipleClaimRequest.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  escrow: {
    GetPaymentsListRequest: MessageTypeDefinition<_escrow_GetPaymentsListRequestInput, _escrow_GetPaymentsListRequest>
    PaymentReply: MessageTypeDefinition<_escrow_PaymentReplyInput, _escrow_PaymentReply>
    PaymentsListReply: MessageTypeDefinition<_escrow_PaymentsListReplyInput, _escrow_PaymentsListReply>
    ProviderControlService: SubtypeConstructor<typeof grpc.Client, _escrow_ProviderControlServiceClient> & { service: _escrow_ProviderControlServiceDefinition }
    StartClaimRequest: MessageTypeDefinition<_escrow_StartClaimRequestInput, _escrow_StartClaimRequest>
    StartMultipleClaimRequest: MessageTypeDefinition<_escrow_StartMultipleClaimRequestInput, _escrow_StartMultipleClaimRequest>
  }
}

