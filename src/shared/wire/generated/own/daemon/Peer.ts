// Original file: proto/daemon/legacy.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ConnectToPeerRequestInput as _daemon_ConnectToPeerRequestInput, ConnectToPeerRequest as _daemon_ConnectToPeerRequest } from '../daemon/ConnectToPeerRequest.js';
import type { EmptyInput as _daemon_EmptyInput, Empty as _daemon_Empty } from '../daemon/Empty.js';
import type { TestConnectionReplyInput as _daemon_TestConnectionReplyInput, TestConnectionReply as _daemon_TestConnectionReply } from '../daemon/TestConnectionReply.js';
import type { TestConnectionRequestInput as _daemon_TestConnectionRequestInput, TestConnectionRequest as _daemon_TestConnectionRequest } from '../daemon/TestConnectionRequest.js';
import type { UploadLogsReplyInput as _daemon_UploadLogsReplyInput, UploadLogsReply as _daemon_UploadLogsReply } from '../daemon/UploadLogsReply.js';
import type { UploadLogsRequestInput as _daemon_UploadLogsRequestInput, UploadLogsRequest as _daemon_UploadLogsRequest } from '../daemon/UploadLogsRequest.js';

export interface PeerClient extends grpc.Client {
  ConnectToPeer(argument: _daemon_ConnectToPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  ConnectToPeer(argument: _daemon_ConnectToPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  ConnectToPeer(argument: _daemon_ConnectToPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  ConnectToPeer(argument: _daemon_ConnectToPeerRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  connectToPeer(argument: _daemon_ConnectToPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  connectToPeer(argument: _daemon_ConnectToPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  connectToPeer(argument: _daemon_ConnectToPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  connectToPeer(argument: _daemon_ConnectToPeerRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  TestConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnection(argument: _daemon_TestConnectionRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnection(argument: _daemon_TestConnectionRequestInput, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  
  UploadLogs(argument: _daemon_UploadLogsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  UploadLogs(argument: _daemon_UploadLogsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  UploadLogs(argument: _daemon_UploadLogsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  UploadLogs(argument: _daemon_UploadLogsRequestInput, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _daemon_UploadLogsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _daemon_UploadLogsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _daemon_UploadLogsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _daemon_UploadLogsRequestInput, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  
}

export interface PeerHandlers extends grpc.UntypedServiceImplementation {
  ConnectToPeer: grpc.handleUnaryCall<_daemon_ConnectToPeerRequest, _daemon_EmptyInput>;
  
  TestConnection: grpc.handleUnaryCall<_daemon_TestConnectionRequest, _daemon_TestConnectionReplyInput>;
  
  UploadLogs: grpc.handleUnaryCall<_daemon_UploadLogsRequest, _daemon_UploadLogsReplyInput>;
  
}

export interface PeerDefinition extends grpc.ServiceDefinition {
  ConnectToPeer: MethodDefinition<_daemon_ConnectToPeerRequestInput, _daemon_EmptyInput, _daemon_ConnectToPeerRequest, _daemon_Empty>
  TestConnection: MethodDefinition<_daemon_TestConnectionRequestInput, _daemon_TestConnectionReplyInput, _daemon_TestConnectionRequest, _daemon_TestConnectionReply>
  UploadLogs: MethodDefinition<_daemon_UploadLogsRequestInput, _daemon_UploadLogsReplyInput, _daemon_UploadLogsRequest, _daemon_UploadLogsReply>
}
