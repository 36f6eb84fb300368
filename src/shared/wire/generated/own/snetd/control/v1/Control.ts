// Original file: proto/snetd/control/v1/control.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { FreeCallUserEntryInput as _snetd_control_v1_FreeCallUserEntryInput, FreeCallUserEntry as _snetd_control_v1_FreeCallUserEntry } from '../../../snetd/control/v1/FreeCallUserEntry.js';
import type { FreeCallUserReplyInput as _snetd_control_v1_FreeCallUserReplyInput, FreeCallUserReply as _snetd_control_v1_FreeCallUserReply } from '../../../snetd/control/v1/FreeCallUserReply.js';
import type { FreeCallUserRequestInput as _snetd_control_v1_FreeCallUserRequestInput, FreeCallUserRequest as _snetd_control_v1_FreeCallUserRequest } from '../../../snetd/control/v1/FreeCallUserRequest.js';
import type { GetStatusRequestInput as _snetd_control_v1_GetStatusRequestInput, GetStatusRequest as _snetd_control_v1_GetStatusRequest } from '../../../snetd/control/v1/GetStatusRequest.js';
import type { ListFreeCallUsersRequestInput as _snetd_control_v1_ListFreeCallUsersRequestInput, ListFreeCallUsersRequest as _snetd_control_v1_ListFreeCallUsersRequest } from '../../../snetd/control/v1/ListFreeCallUsersRequest.js';
import type { StatusInput as _snetd_control_v1_StatusInput, Status as _snetd_control_v1_Status } from '../../../snetd/control/v1/Status.js';

export interface ControlClient extends grpc.Client {
  GetStatus(argument: _snetd_control_v1_GetStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  GetStatus(argument: _snetd_control_v1_GetStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  GetStatus(argument: _snetd_control_v1_GetStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  GetStatus(argument: _snetd_control_v1_GetStatusRequestInput, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  getStatus(argument: _snetd_control_v1_GetStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  getStatus(argument: _snetd_control_v1_GetStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  getStatus(argument: _snetd_control_v1_GetStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  getStatus(argument: _snetd_control_v1_GetStatusRequestInput, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  
  ListFreeCallUsers(argument: _snetd_control_v1_ListFreeCallUsersRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_FreeCallUserEntry>;
  ListFreeCallUsers(argument: _snetd_control_v1_ListFreeCallUsersRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_FreeCallUserEntry>;
  listFreeCallUsers(argument: _snetd_control_v1_ListFreeCallUsersRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_FreeCallUserEntry>;
  listFreeCallUsers(argument: _snetd_control_v1_ListFreeCallUsersRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_FreeCallUserEntry>;
  
  ResetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  ResetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  ResetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  ResetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  resetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  resetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  resetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  resetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  
  UnlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  UnlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  UnlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  UnlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  unlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  unlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  unlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  unlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  
}

export interface ControlHandlers extends grpc.UntypedServiceImplementation {
  GetStatus: grpc.handleUnaryCall<_snetd_control_v1_GetStatusRequest, _snetd_control_v1_StatusInput>;
  
  ListFreeCallUsers: grpc.handleServerStreamingCall<_snetd_control_v1_ListFreeCallUsersRequest, _snetd_control_v1_FreeCallUserEntryInput>;
  
  ResetFreeCallUser: grpc.handleUnaryCall<_snetd_control_v1_FreeCallUserRequest, _snetd_control_v1_FreeCallUserReplyInput>;
  
  UnlockFreeCallUser: grpc.handleUnaryCall<_snetd_control_v1_FreeCallUserRequest, _snetd_control_v1_FreeCallUserReplyInput>;
  
}

export interface ControlDefinition extends grpc.ServiceDefinition {
  GetStatus: MethodDefinition<_snetd_control_v1_GetStatusRequestInput, _snetd_control_v1_StatusInput, _snetd_control_v1_GetStatusRequest, _snetd_control_v1_Status>
  ListFreeCallUsers: MethodDefinition<_snetd_control_v1_ListFreeCallUsersRequestInput, _snetd_control_v1_FreeCallUserEntryInput, _snetd_control_v1_ListFreeCallUsersRequest, _snetd_control_v1_FreeCallUserEntry>
  ResetFreeCallUser: MethodDefinition<_snetd_control_v1_FreeCallUserRequestInput, _snetd_control_v1_FreeCallUserReplyInput, _snetd_control_v1_FreeCallUserRequest, _snetd_control_v1_FreeCallUserReply>
  UnlockFreeCallUser: MethodDefinition<_snetd_control_v1_FreeCallUserRequestInput, _snetd_control_v1_FreeCallUserReplyInput, _snetd_control_v1_FreeCallUserRequest, _snetd_control_v1_FreeCallUserReply>
}
