// Original file: proto/escrow/state_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ChannelStateReplyInput as _escrow_ChannelStateReplyInput, ChannelStateReply as _escrow_ChannelStateReply } from '../escrow/ChannelStateReply.js';
import type { ChannelStateRequestInput as _escrow_ChannelStateRequestInput, ChannelStateRequest as _escrow_ChannelStateRequest } from '../escrow/ChannelStateRequest.js';

export interface PaymentChannelStateServiceClient extends grpc.Client {
  GetChannelState(argument: _escrow_ChannelStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_ChannelStateReply>): grpc.ClientUnaryCall;
  GetChannelState(argument: _escrow_ChannelStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_ChannelStateReply>): grpc.ClientUnaryCall;
  GetChannelState(argument: _escrow_ChannelStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_ChannelStateReply>): grpc.ClientUnaryCall;
  GetChannelState(argument: _escrow_ChannelStateRequestInput, callback: grpc.requestCallback<_escrow_ChannelStateReply>): grpc.ClientUnaryCall;
  getChannelState(argument: _escrow_ChannelStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_ChannelStateReply>): grpc.ClientUnaryCall;
  getChannelState(argument: _escrow_ChannelStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_ChannelStateReply>): grpc.ClientUnaryCall;
  getChannelState(argument: _escrow_ChannelStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_ChannelStateReply>): grpc.ClientUnaryCall;
  getChannelState(argument: _escrow_ChannelStateRequestInput, callback: grpc.requestCallback<_escrow_ChannelStateReply>): grpc.ClientUnaryCall;
  
}

export interface PaymentChannelStateServiceHandlers extends grpc.UntypedServiceImplementation {
  GetChannelState: grpc.handleUnaryCall<_escrow_ChannelStateRequest, _escrow_ChannelStateReplyInput>;
  
}

export interface PaymentChannelStateServiceDefinition extends grpc.ServiceDefinition {
  GetChannelState: MethodDefinition<_escrow_ChannelStateRequestInput, _escrow_ChannelStateReplyInput, _escrow_ChannelStateRequest, _escrow_ChannelStateReply>
}
