// Original file: proto/snetd/control/v1/control.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetStatusRequestInput as _snetd_control_v1_GetStatusRequestInput, GetStatusRequest as _snetd_control_v1_GetStatusRequest } from '../../../snetd/control/v1/GetStatusRequest.js';
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
  
}

export interface ControlHandlers extends grpc.UntypedServiceImplementation {
  GetStatus: grpc.handleUnaryCall<_snetd_control_v1_GetStatusRequest, _snetd_control_v1_StatusInput>;
  
}

export interface ControlDefinition extends grpc.ServiceDefinition {
  GetStatus: MethodDefinition<_snetd_control_v1_GetStatusRequestInput, _snetd_control_v1_StatusInput, _snetd_control_v1_GetStatusRequest, _snetd_control_v1_Status>
}
