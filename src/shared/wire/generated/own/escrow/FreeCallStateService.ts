// Original file: proto/escrow/state_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { FreeCallStateReplyInput as _escrow_FreeCallStateReplyInput, FreeCallStateReply as _escrow_FreeCallStateReply } from '../escrow/FreeCallStateReply.js';
import type { FreeCallStateRequestInput as _escrow_FreeCallStateRequestInput, FreeCallStateRequest as _escrow_FreeCallStateRequest } from '../escrow/FreeCallStateRequest.js';
import type { FreeCallTokenInput as _escrow_FreeCallTokenInput, FreeCallToken as _escrow_FreeCallToken } from '../escrow/FreeCallToken.js';
import type { GetFreeCallTokenRequestInput as _escrow_GetFreeCallTokenRequestInput, GetFreeCallTokenRequest as _escrow_GetFreeCallTokenRequest } from '../escrow/GetFreeCallTokenRequest.js';

export interface FreeCallStateServiceClient extends grpc.Client {
  GetFreeCallToken(argument: _escrow_GetFreeCallTokenRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_FreeCallToken>): grpc.ClientUnaryCall;
  GetFreeCallToken(argument: _escrow_GetFreeCallTokenRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_FreeCallToken>): grpc.ClientUnaryCall;
  GetFreeCallToken(argument: _escrow_GetFreeCallTokenRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_FreeCallToken>): grpc.ClientUnaryCall;
  GetFreeCallToken(argument: _escrow_GetFreeCallTokenRequestInput, callback: grpc.requestCallback<_escrow_FreeCallToken>): grpc.ClientUnaryCall;
  getFreeCallToken(argument: _escrow_GetFreeCallTokenRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_FreeCallToken>): grpc.ClientUnaryCall;
  getFreeCallToken(argument: _escrow_GetFreeCallTokenRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_FreeCallToken>): grpc.ClientUnaryCall;
  getFreeCallToken(argument: _escrow_GetFreeCallTokenRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_FreeCallToken>): grpc.ClientUnaryCall;
  getFreeCallToken(argument: _escrow_GetFreeCallTokenRequestInput, callback: grpc.requestCallback<_escrow_FreeCallToken>): grpc.ClientUnaryCall;
  
  GetFreeCallsAvailable(argument: _escrow_FreeCallStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_FreeCallStateReply>): grpc.ClientUnaryCall;
  GetFreeCallsAvailable(argument: _escrow_FreeCallStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_FreeCallStateReply>): grpc.ClientUnaryCall;
  GetFreeCallsAvailable(argument: _escrow_FreeCallStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_FreeCallStateReply>): grpc.ClientUnaryCall;
  GetFreeCallsAvailable(argument: _escrow_FreeCallStateRequestInput, callback: grpc.requestCallback<_escrow_FreeCallStateReply>): grpc.ClientUnaryCall;
  getFreeCallsAvailable(argument: _escrow_FreeCallStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_FreeCallStateReply>): grpc.ClientUnaryCall;
  getFreeCallsAvailable(argument: _escrow_FreeCallStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_FreeCallStateReply>): grpc.ClientUnaryCall;
  getFreeCallsAvailable(argument: _escrow_FreeCallStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_FreeCallStateReply>): grpc.ClientUnaryCall;
  getFreeCallsAvailable(argument: _escrow_FreeCallStateRequestInput, callback: grpc.requestCallback<_escrow_FreeCallStateReply>): grpc.ClientUnaryCall;
  
}

export interface FreeCallStateServiceHandlers extends grpc.UntypedServiceImplementation {
  GetFreeCallToken: grpc.handleUnaryCall<_escrow_GetFreeCallTokenRequest, _escrow_FreeCallTokenInput>;
  
  GetFreeCallsAvailable: grpc.handleUnaryCall<_escrow_FreeCallStateRequest, _escrow_FreeCallStateReplyInput>;
  
}

export interface FreeCallStateServiceDefinition extends grpc.ServiceDefinition {
  GetFreeCallToken: MethodDefinition<_escrow_GetFreeCallTokenRequestInput, _escrow_FreeCallTokenInput, _escrow_GetFreeCallTokenRequest, _escrow_FreeCallToken>
  GetFreeCallsAvailable: MethodDefinition<_escrow_FreeCallStateRequestInput, _escrow_FreeCallStateReplyInput, _escrow_FreeCallStateRequest, _escrow_FreeCallStateReply>
}
