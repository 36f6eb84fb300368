import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { ChannelStateReplyInput as _escrow_ChannelStateReplyInput, ChannelStateReply as _escrow_ChannelStateReply } from './escrow/ChannelStateReply.js';
import type { ChannelStateRequestInput as _escrow_ChannelStateRequestInput, ChannelStateRequest as _escrow_ChannelStateRequest } from './escrow/ChannelStateRequest.js';
import type { FreeCallStateReplyInput as _escrow_FreeCallStateReplyInput, FreeCallStateReply as _escrow_FreeCallStateReply } from './escrow/FreeCallStateReply.js';
import type { FreeCallStateRequestInput as _escrow_FreeCallStateRequestInput, FreeCallStateRequest as _escrow_FreeCallStateRequest } from './escrow/FreeCallStateRequest.js';
import type { FreeCallStateServiceClient as _escrow_FreeCallStateServiceClient, FreeCallStateServiceDefinition as _escrow_FreeCallStateServiceDefinition } from './escrow/FreeCallStateService.js';
import type { FreeCallTokenInput as _escrow_FreeCallTokenInput, FreeCallToken as _escrow_FreeCallToken } from './escrow/FreeCallToken.js';
import type { GetFreeCallTokenRequestInput as _escrow_GetFreeCallTokenRequestInput, GetFreeCallTokenRequest as _escrow_GetFreeCallTokenRequest } from './escrow/GetFreeCallTokenRequest.js';
import type { PaymentChannelStateServiceClient as _escrow_PaymentChannelStateServiceClient, PaymentChannelStateServiceDefinition as _escrow_PaymentChannelStateServiceDefinition } from './escrow/PaymentChannelStateService.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  escrow: {
    ChannelStateReply: MessageTypeDefinition<_escrow_ChannelStateReplyInput, _escrow_ChannelStateReply>
    ChannelStateRequest: MessageTypeDefinition<_escrow_ChannelStateRequestInput, _escrow_ChannelStateRequest>
    FreeCallStateReply: MessageTypeDefinition<_escrow_FreeCallStateReplyInput, _escrow_FreeCallStateReply>
    FreeCallStateRequest: MessageTypeDefinition<_escrow_FreeCallStateRequestInput, _escrow_FreeCallStateRequest>
    FreeCallStateService: SubtypeConstructor<typeof grpc.Client, _escrow_FreeCallStateServiceClient> & { service: _escrow_FreeCallStateServiceDefinition }
    FreeCallToken: MessageTypeDefinition<_escrow_FreeCallTokenInput, _escrow_FreeCallToken>
    GetFreeCallTokenRequest: MessageTypeDefinition<_escrow_GetFreeCallTokenRequestInput, _escrow_GetFreeCallTokenRequest>
    PaymentChannelStateService: SubtypeConstructor<typeof grpc.Client, _escrow_PaymentChannelStateServiceClient> & { service: _escrow_PaymentChannelStateServiceDefinition }
  }
}

