// Original file: proto/daemon/legacy.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { EmptyInput as _daemon_EmptyInput, Empty as _daemon_Empty } from '../daemon/Empty.js';
import type { IsTestRunningReplyInput as _daemon_IsTestRunningReplyInput, IsTestRunningReply as _daemon_IsTestRunningReply } from '../daemon/IsTestRunningReply.js';
import type { NewTestRequestInput as _daemon_NewTestRequestInput, NewTestRequest as _daemon_NewTestRequest } from '../daemon/NewTestRequest.js';
import type { StartTestRequestInput as _daemon_StartTestRequestInput, StartTestRequest as _daemon_StartTestRequest } from '../daemon/StartTestRequest.js';
import type { TestConnectionReplyInput as _daemon_TestConnectionReplyInput, TestConnectionReply as _daemon_TestConnectionReply } from '../daemon/TestConnectionReply.js';
import type { TestConnectionRequestInput as _daemon_TestConnectionRequestInput, TestConnectionRequest as _daemon_TestConnectionRequest } from '../daemon/TestConnectionRequest.js';
import type { TestRequestInput as _daemon_TestRequestInput, TestRequest as _daemon_TestRequest } from '../daemon/TestRequest.js';

export interface TestClient extends grpc.Client {
  IsTestRunning(argument: _daemon_TestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  IsTestRunning(argument: _daemon_TestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  IsTestRunning(argument: _daemon_TestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  IsTestRunning(argument: _daemon_TestRequestInput, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  isTestRunning(argument: _daemon_TestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  isTestRunning(argument: _daemon_TestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  isTestRunning(argument: _daemon_TestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  isTestRunning(argument: _daemon_TestRequestInput, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  
  NewTest(argument: _daemon_NewTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  NewTest(argument: _daemon_NewTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  NewTest(argument: _daemon_NewTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  NewTest(argument: _daemon_NewTestRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  newTest(argument: _daemon_NewTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  newTest(argument: _daemon_NewTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  newTest(argument: _daemon_NewTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  newTest(argument: _daemon_NewTestRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  StartTest(argument: _daemon_StartTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartTest(argument: _daemon_StartTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartTest(argument: _daemon_StartTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartTest(argument: _daemon_StartTestRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startTest(argument: _daemon_StartTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startTest(argument: _daemon_StartTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startTest(argument: _daemon_StartTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startTest(argument: _daemon_StartTestRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  TestConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnection(argument: _daemon_TestConnectionRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnection(argument: _daemon_TestConnectionRequestInput, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  
}

export interface TestHandlers extends grpc.UntypedServiceImplementation {
  IsTestRunning: grpc.handleUnaryCall<_daemon_TestRequest, _daemon_IsTestRunningReplyInput>;
  
  NewTest: grpc.handleUnaryCall<_daemon_NewTestRequest, _daemon_EmptyInput>;
  
  StartTest: grpc.handleUnaryCall<_daemon_StartTestRequest, _daemon_EmptyInput>;
  
  TestConnection: grpc.handleUnaryCall<_daemon_TestConnectionRequest, _daemon_TestConnectionReplyInput>;
  
}

export interface TestDefinition extends grpc.ServiceDefinition {
  IsTestRunning: MethodDefinition<_daemon_TestRequestInput, _daemon_IsTestRunningReplyInput, _daemon_TestRequest, _daemon_IsTestRunningReply>
  NewTest: MethodDefinition<_daemon_NewTestRequestInput, _daemon_EmptyInput, _daemon_NewTestRequest, _daemon_Empty>
  StartTest: MethodDefinition<_daemon_StartTestRequestInput, _daemon_EmptyInput, _daemon_StartTestRequest, _daemon_Empty>
  TestConnection: MethodDefinition<_daemon_TestConnectionRequestInput, _daemon_TestConnectionReplyInput, _daemon_TestConnectionRequest, _daemon_TestConnectionReply>
}
