import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { TokenReplyInput as _escrow_TokenReplyInput, TokenReply as _escrow_TokenReply } from './escrow/TokenReply.js';
import type { TokenRequestInput as _escrow_TokenRequestInput, TokenRequest as _escrow_TokenRequest } from './escrow/TokenRequest.js';
import type { TokenServiceClient as _escrow_TokenServiceClient, TokenServiceDefinition as _escrow_TokenServiceDefinition } from './escrow/TokenService.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  escrow: {
    TokenReply: MessageTypeDefinition<_escrow_TokenReplyInput, _escrow_TokenReply>
    TokenRequest: MessageTypeDefinition<_escrow_TokenRequestInput, _escrow_TokenRequest>
    TokenService: SubtypeConstructor<typeof grpc.Client, _escrow_TokenServiceClient> & { service: _escrow_TokenServiceDefinition }
  }
}

