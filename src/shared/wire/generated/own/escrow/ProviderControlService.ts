// Original file: proto/escrow/control_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetPaymentsListRequestInput as _escrow_GetPaymentsListRequestInput, GetPaymentsListRequest as _escrow_GetPaymentsListRequest } from '../escrow/GetPaymentsListRequest.js';
import type { PaymentReplyInput as _escrow_PaymentReplyInput, PaymentReply as _escrow_PaymentReply } from '../escrow/PaymentReply.js';
import type { PaymentsListReplyInput as _escrow_PaymentsListReplyInput, PaymentsListReply as _escrow_PaymentsListReply } from '../escrow/PaymentsListReply.js';
import type { StartClaimRequestInput as _escrow_StartClaimRequestInput, StartClaimRequest as _escrow_StartClaimRequest } from '../escrow/StartClaimRequest.js';
import type { StartMultipleClaimRequestInput as _escrow_StartMultipleClaimRequestInput, StartMultipleClaimRequest as _escrow_StartMultipleClaimRequest } from '../escrow/StartMultipleClaimRequest.js';

export interface ProviderControlServiceClient extends grpc.Client {
  GetListInProgress(argument: _escrow_GetPaymentsListRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  GetListInProgress(argument: _escrow_GetPaymentsListRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  GetListInProgress(argument: _escrow_GetPaymentsListRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  GetListInProgress(argument: _escrow_GetPaymentsListRequestInput, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  getListInProgress(argument: _escrow_GetPaymentsListRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  getListInProgress(argument: _escrow_GetPaymentsListRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  getListInProgress(argument: _escrow_GetPaymentsListRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  getListInProgress(argument: _escrow_GetPaymentsListRequestInput, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  
  GetListUnclaimed(argument: _escrow_GetPaymentsListRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  GetListUnclaimed(argument: _escrow_GetPaymentsListRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  GetListUnclaimed(argument: _escrow_GetPaymentsListRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  GetListUnclaimed(argument: _escrow_GetPaymentsListRequestInput, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  getListUnclaimed(argument: _escrow_GetPaymentsListRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  getListUnclaimed(argument: _escrow_GetPaymentsListRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  getListUnclaimed(argument: _escrow_GetPaymentsListRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  getListUnclaimed(argument: _escrow_GetPaymentsListRequestInput, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  
  StartClaim(argument: _escrow_StartClaimRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentReply>): grpc.ClientUnaryCall;
  StartClaim(argument: _escrow_StartClaimRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_PaymentReply>): grpc.ClientUnaryCall;
  StartClaim(argument: _escrow_StartClaimRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentReply>): grpc.ClientUnaryCall;
  StartClaim(argument: _escrow_StartClaimRequestInput, callback: grpc.requestCallback<_escrow_PaymentReply>): grpc.ClientUnaryCall;
  startClaim(argument: _escrow_StartClaimRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentReply>): grpc.ClientUnaryCall;
  startClaim(argument: _escrow_StartClaimRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_PaymentReply>): grpc.ClientUnaryCall;
  startClaim(argument: _escrow_StartClaimRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentReply>): grpc.ClientUnaryCall;
  startClaim(argument: _escrow_StartClaimRequestInput, callback: grpc.requestCallback<_escrow_PaymentReply>): grpc.ClientUnaryCall;
  
  StartClaimForMultipleChannels(argument: _escrow_StartMultipleClaimRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  StartClaimForMultipleChannels(argument: _escrow_StartMultipleClaimRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  StartClaimForMultipleChannels(argument: _escrow_StartMultipleClaimRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  StartClaimForMultipleChannels(argument: _escrow_StartMultipleClaimRequestInput, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  startClaimForMultipleChannels(argument: _escrow_StartMultipleClaimRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  startClaimForMultipleChannels(argument: _escrow_StartMultipleClaimRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  startClaimForMultipleChannels(argument: _escrow_StartMultipleClaimRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  startClaimForMultipleChannels(argument: _escrow_StartMultipleClaimRequestInput, callback: grpc.requestCallback<_escrow_PaymentsListReply>): grpc.ClientUnaryCall;
  
}

export interface ProviderControlServiceHandlers extends grpc.UntypedServiceImplementation {
  GetListInProgress: grpc.handleUnaryCall<_escrow_GetPaymentsListRequest, _escrow_PaymentsListReplyInput>;
  
  GetListUnclaimed: grpc.handleUnaryCall<_escrow_GetPaymentsListRequest, _escrow_PaymentsListReplyInput>;
  
  StartClaim: grpc.handleUnaryCall<_escrow_StartClaimRequest, _escrow_PaymentReplyInput>;
  
  StartClaimForMultipleChannels: grpc.handleUnaryCall<_escrow_StartMultipleClaimRequest, _escrow_PaymentsListReplyInput>;
  
}

export interface ProviderControlServiceDefinition extends grpc.ServiceDefinition {
  GetListInProgress: MethodDefinition<_escrow_GetPaymentsListRequestInput, _escrow_PaymentsListReplyInput, _escrow_GetPaymentsListRequest, _escrow_PaymentsListReply>
  GetListUnclaimed: MethodDefinition<_escrow_GetPaymentsListRequestInput, _escrow_PaymentsListReplyInput, _escrow_GetPaymentsListRequest, _escrow_PaymentsListReply>
  StartClaim: MethodDefinition<_escrow_StartClaimRequestInput, _escrow_PaymentReplyInput, _escrow_StartClaimRequest, _escrow_PaymentReply>
  StartClaimForMultipleChannels: MethodDefinition<_escrow_StartMultipleClaimRequestInput, _escrow_PaymentsListReplyInput, _escrow_StartMultipleClaimRequest, _escrow_PaymentsListReply>
}
