// Original file: proto/configuration_service/configuration_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ConfigurationResponseInput as _configuration_service_ConfigurationResponseInput, ConfigurationResponse as _configuration_service_ConfigurationResponse } from '../configuration_service/ConfigurationResponse.js';
import type { EmptyRequestInput as _configuration_service_EmptyRequestInput, EmptyRequest as _configuration_service_EmptyRequest } from '../configuration_service/EmptyRequest.js';
import type { StatusResponseInput as _configuration_service_StatusResponseInput, StatusResponse as _configuration_service_StatusResponse } from '../configuration_service/StatusResponse.js';
import type { UpdateRequestInput as _configuration_service_UpdateRequestInput, UpdateRequest as _configuration_service_UpdateRequest } from '../configuration_service/UpdateRequest.js';

export interface ConfigurationServiceClient extends grpc.Client {
  GetConfiguration(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  GetConfiguration(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  GetConfiguration(argument: _configuration_service_EmptyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  GetConfiguration(argument: _configuration_service_EmptyRequestInput, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  getConfiguration(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  getConfiguration(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  getConfiguration(argument: _configuration_service_EmptyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  getConfiguration(argument: _configuration_service_EmptyRequestInput, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  
  IsDaemonProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  IsDaemonProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  IsDaemonProcessingRequests(argument: _configuration_service_EmptyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  IsDaemonProcessingRequests(argument: _configuration_service_EmptyRequestInput, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  isDaemonProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  isDaemonProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  isDaemonProcessingRequests(argument: _configuration_service_EmptyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  isDaemonProcessingRequests(argument: _configuration_service_EmptyRequestInput, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  
  StartProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  StartProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  StartProcessingRequests(argument: _configuration_service_EmptyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  StartProcessingRequests(argument: _configuration_service_EmptyRequestInput, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  startProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  startProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  startProcessingRequests(argument: _configuration_service_EmptyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  startProcessingRequests(argument: _configuration_service_EmptyRequestInput, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  
  StopProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  StopProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  StopProcessingRequests(argument: _configuration_service_EmptyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  StopProcessingRequests(argument: _configuration_service_EmptyRequestInput, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  stopProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  stopProcessingRequests(argument: _configuration_service_EmptyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  stopProcessingRequests(argument: _configuration_service_EmptyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  stopProcessingRequests(argument: _configuration_service_EmptyRequestInput, callback: grpc.requestCallback<_configuration_service_StatusResponse>): grpc.ClientUnaryCall;
  
  UpdateConfiguration(argument: _configuration_service_UpdateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  UpdateConfiguration(argument: _configuration_service_UpdateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  UpdateConfiguration(argument: _configuration_service_UpdateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  UpdateConfiguration(argument: _configuration_service_UpdateRequestInput, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  updateConfiguration(argument: _configuration_service_UpdateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  updateConfiguration(argument: _configuration_service_UpdateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  updateConfiguration(argument: _configuration_service_UpdateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  updateConfiguration(argument: _configuration_service_UpdateRequestInput, callback: grpc.requestCallback<_configuration_service_ConfigurationResponse>): grpc.ClientUnaryCall;
  
}

export interface ConfigurationServiceHandlers extends grpc.UntypedServiceImplementation {
  GetConfiguration: grpc.handleUnaryCall<_configuration_service_EmptyRequest, _configuration_service_ConfigurationResponseInput>;
  
  IsDaemonProcessingRequests: grpc.handleUnaryCall<_configuration_service_EmptyRequest, _configuration_service_StatusResponseInput>;
  
  StartProcessingRequests: grpc.handleUnaryCall<_configuration_service_EmptyRequest, _configuration_service_StatusResponseInput>;
  
  StopProcessingRequests: grpc.handleUnaryCall<_configuration_service_EmptyRequest, _configuration_service_StatusResponseInput>;
  
  UpdateConfiguration: grpc.handleUnaryCall<_configuration_service_UpdateRequest, _configuration_service_ConfigurationResponseInput>;
  
}

export interface ConfigurationServiceDefinition extends grpc.ServiceDefinition {
  GetConfiguration: MethodDefinition<_configuration_service_EmptyRequestInput, _configuration_service_ConfigurationResponseInput, _configuration_service_EmptyRequest, _configuration_service_ConfigurationResponse>
  IsDaemonProcessingRequests: MethodDefinition<_configuration_service_EmptyRequestInput, _configuration_service_StatusResponseInput, _configuration_service_EmptyRequest, _configuration_service_StatusResponse>
  StartProcessingRequests: MethodDefinition<_configuration_service_EmptyRequestInput, _configuration_service_StatusResponseInput, _configuration_service_EmptyRequest, _configuration_service_StatusResponse>
  StopProcessingRequests: MethodDefinition<_configuration_service_EmptyRequestInput, _configuration_service_StatusResponseInput, _configuration_service_EmptyRequest, _configuration_service_StatusResponse>
  UpdateConfiguration: MethodDefinition<_configuration_service_UpdateRequestInput, _configuration_service_ConfigurationResponseInput, _configuration_service_UpdateRequest, _configuration_service_ConfigurationResponse>
}
