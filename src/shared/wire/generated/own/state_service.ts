import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { ChannelStateReplyInput as _escrow_ChannelStateReplyInput, ChannelStateReply as _escrow_ChannelStateReply } from './escrow/ChannelStateReply.js';
import type { ChannelStateRequestInput as _escrow_ChannelStateRequestInput, ChannelStateRequest as _escrow_ChannelStateRequest } from './escrow/ChannelStateRequest.js';
import type { PaymentChannelStateServiceClient as _escrow_PaymentChannelStateServiceClient, PaymentChannelStateServiceDefinition as _escrow_PaymentChannelStateServiceDefinition } from './escrow/PaymentChannelStateService.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  escrow: {
    ChannelStateReply: MessageTypeDefinition<_escrow_ChannelStateReplyInput, _escrow_ChannelStateReply>
    ChannelStateRequest: MessageTypeDefinition<_escrow_ChannelStateRequestInput, _escrow_ChannelStateRequest>
    PaymentChannelStateService: SubtypeConstructor<typeof grpc.Client, _escrow_PaymentChannelStateServiceClient> & { service: _escrow_PaymentChannelStateServiceDefinition }
  }
}

