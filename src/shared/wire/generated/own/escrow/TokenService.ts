// Original file: proto/escrow/token_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { TokenReplyInput as _escrow_TokenReplyInput, TokenReply as _escrow_TokenReply } from '../escrow/TokenReply.js';
import type { TokenRequestInput as _escrow_TokenRequestInput, TokenRequest as _escrow_TokenRequest } from '../escrow/TokenRequest.js';

export interface TokenServiceClient extends grpc.Client {
  GetToken(argument: _escrow_TokenRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_TokenReply>): grpc.ClientUnaryCall;
  GetToken(argument: _escrow_TokenRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_TokenReply>): grpc.ClientUnaryCall;
  GetToken(argument: _escrow_TokenRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_TokenReply>): grpc.ClientUnaryCall;
  GetToken(argument: _escrow_TokenRequestInput, callback: grpc.requestCallback<_escrow_TokenReply>): grpc.ClientUnaryCall;
  getToken(argument: _escrow_TokenRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_TokenReply>): grpc.ClientUnaryCall;
  getToken(argument: _escrow_TokenRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_TokenReply>): grpc.ClientUnaryCall;
  getToken(argument: _escrow_TokenRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_TokenReply>): grpc.ClientUnaryCall;
  getToken(argument: _escrow_TokenRequestInput, callback: grpc.requestCallback<_escrow_TokenReply>): grpc.ClientUnaryCall;
  
}

export interface TokenServiceHandlers extends grpc.UntypedServiceImplementation {
  GetToken: grpc.handleUnaryCall<_escrow_TokenRequest, _escrow_TokenReplyInput>;
  
}

export interface TokenServiceDefinition extends grpc.ServiceDefinition {
  GetToken: MethodDefinition<_escrow_TokenRequestInput, _escrow_TokenReplyInput, _escrow_TokenRequest, _escrow_TokenReply>
}
