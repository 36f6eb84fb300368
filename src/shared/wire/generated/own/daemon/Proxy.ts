// Original file: proto/daemon/legacy.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AddReliabilityRequestInput as _daemon_AddReliabilityRequestInput, AddReliabilityRequest as _daemon_AddReliabilityRequest } from '../daemon/AddReliabilityRequest.js';
import type { AddReplicationRequestInput as _daemon_AddReplicationRequestInput, AddReplicationRequest as _daemon_AddReplicationRequest } from '../daemon/AddReplicationRequest.js';
import type { ConnectToPeerRequestInput as _daemon_ConnectToPeerRequestInput, ConnectToPeerRequest as _daemon_ConnectToPeerRequest } from '../daemon/ConnectToPeerRequest.js';
import type { EmptyInput as _daemon_EmptyInput, Empty as _daemon_Empty } from '../daemon/Empty.js';
import type { GroupRequestInput as _daemon_GroupRequestInput, GroupRequest as _daemon_GroupRequest } from '../daemon/GroupRequest.js';
import type { InviteReplyInput as _daemon_InviteReplyInput, InviteReply as _daemon_InviteReply } from '../daemon/InviteReply.js';
import type { IsProcessRunningReplyInput as _daemon_IsProcessRunningReplyInput, IsProcessRunningReply as _daemon_IsProcessRunningReply } from '../daemon/IsProcessRunningReply.js';
import type { IsTestRunningReplyInput as _daemon_IsTestRunningReplyInput, IsTestRunningReply as _daemon_IsTestRunningReply } from '../daemon/IsTestRunningReply.js';
import type { JoinGroupRequestInput as _daemon_JoinGroupRequestInput, JoinGroupRequest as _daemon_JoinGroupRequest } from '../daemon/JoinGroupRequest.js';
import type { NewTestRequestInput as _daemon_NewTestRequestInput, NewTestRequest as _daemon_NewTestRequest } from '../daemon/NewTestRequest.js';
import type { StartTestRequestInput as _daemon_StartTestRequestInput, StartTestRequest as _daemon_StartTestRequest } from '../daemon/StartTestRequest.js';
import type { TestConnectionReplyInput as _daemon_TestConnectionReplyInput, TestConnectionReply as _daemon_TestConnectionReply } from '../daemon/TestConnectionReply.js';
import type { TestConnectionRequestInput as _daemon_TestConnectionRequestInput, TestConnectionRequest as _daemon_TestConnectionRequest } from '../daemon/TestConnectionRequest.js';
import type { TestConnectionToPeerRequestInput as _daemon_TestConnectionToPeerRequestInput, TestConnectionToPeerRequest as _daemon_TestConnectionToPeerRequest } from '../daemon/TestConnectionToPeerRequest.js';
import type { TestRequestInput as _daemon_TestRequestInput, TestRequest as _daemon_TestRequest } from '../daemon/TestRequest.js';
import type { UploadLogsReplyInput as _daemon_UploadLogsReplyInput, UploadLogsReply as _daemon_UploadLogsReply } from '../daemon/UploadLogsReply.js';
import type { UploadLogsRequestInput as _daemon_UploadLogsRequestInput, UploadLogsRequest as _daemon_UploadLogsRequest } from '../daemon/UploadLogsRequest.js';

export interface ProxyClient extends grpc.Client {
  AddReliability(argument: _daemon_AddReliabilityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  AddReliability(argument: _daemon_AddReliabilityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  AddReliability(argument: _daemon_AddReliabilityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  AddReliability(argument: _daemon_AddReliabilityRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  addReliability(argument: _daemon_AddReliabilityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  addReliability(argument: _daemon_AddReliabilityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  addReliability(argument: _daemon_AddReliabilityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  addReliability(argument: _daemon_AddReliabilityRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  AddReplication(argument: _daemon_AddReplicationRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  AddReplication(argument: _daemon_AddReplicationRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  AddReplication(argument: _daemon_AddReplicationRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  AddReplication(argument: _daemon_AddReplicationRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  addReplication(argument: _daemon_AddReplicationRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  addReplication(argument: _daemon_AddReplicationRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  addReplication(argument: _daemon_AddReplicationRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  addReplication(argument: _daemon_AddReplicationRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  ConnectToPeer(argument: _daemon_ConnectToPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  ConnectToPeer(argument: _daemon_ConnectToPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  ConnectToPeer(argument: _daemon_ConnectToPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  ConnectToPeer(argument: _daemon_ConnectToPeerRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  connectToPeer(argument: _daemon_ConnectToPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  connectToPeer(argument: _daemon_ConnectToPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  connectToPeer(argument: _daemon_ConnectToPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  connectToPeer(argument: _daemon_ConnectToPeerRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  CreateInvite(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  CreateInvite(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  CreateInvite(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  CreateInvite(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  createInvite(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  createInvite(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  createInvite(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  createInvite(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  
  IsProcessRunning(argument: _daemon_EmptyInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsProcessRunningReply>): grpc.ClientUnaryCall;
  IsProcessRunning(argument: _daemon_EmptyInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_IsProcessRunningReply>): grpc.ClientUnaryCall;
  IsProcessRunning(argument: _daemon_EmptyInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsProcessRunningReply>): grpc.ClientUnaryCall;
  IsProcessRunning(argument: _daemon_EmptyInput, callback: grpc.requestCallback<_daemon_IsProcessRunningReply>): grpc.ClientUnaryCall;
  isProcessRunning(argument: _daemon_EmptyInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsProcessRunningReply>): grpc.ClientUnaryCall;
  isProcessRunning(argument: _daemon_EmptyInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_IsProcessRunningReply>): grpc.ClientUnaryCall;
  isProcessRunning(argument: _daemon_EmptyInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsProcessRunningReply>): grpc.ClientUnaryCall;
  isProcessRunning(argument: _daemon_EmptyInput, callback: grpc.requestCallback<_daemon_IsProcessRunningReply>): grpc.ClientUnaryCall;
  
  IsTestRunning(argument: _daemon_TestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  IsTestRunning(argument: _daemon_TestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  IsTestRunning(argument: _daemon_TestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  IsTestRunning(argument: _daemon_TestRequestInput, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  isTestRunning(argument: _daemon_TestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  isTestRunning(argument: _daemon_TestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  isTestRunning(argument: _daemon_TestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  isTestRunning(argument: _daemon_TestRequestInput, callback: grpc.requestCallback<_daemon_IsTestRunningReply>): grpc.ClientUnaryCall;
  
  JoinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  JoinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  JoinGroup(argument: _daemon_JoinGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  JoinGroup(argument: _daemon_JoinGroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  joinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  joinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  joinGroup(argument: _daemon_JoinGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  joinGroup(argument: _daemon_JoinGroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  NewTest(argument: _daemon_NewTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  NewTest(argument: _daemon_NewTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  NewTest(argument: _daemon_NewTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  NewTest(argument: _daemon_NewTestRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  newTest(argument: _daemon_NewTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  newTest(argument: _daemon_NewTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  newTest(argument: _daemon_NewTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  newTest(argument: _daemon_NewTestRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  StartReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartReceiveMessage(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartReceiveMessage(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startReceiveMessage(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startReceiveMessage(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  StartTest(argument: _daemon_StartTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartTest(argument: _daemon_StartTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartTest(argument: _daemon_StartTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartTest(argument: _daemon_StartTestRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startTest(argument: _daemon_StartTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startTest(argument: _daemon_StartTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startTest(argument: _daemon_StartTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startTest(argument: _daemon_StartTestRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  StopReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StopReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StopReceiveMessage(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StopReceiveMessage(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  stopReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  stopReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  stopReceiveMessage(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  stopReceiveMessage(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  TestConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnection(argument: _daemon_TestConnectionRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnection(argument: _daemon_TestConnectionRequestInput, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnection(argument: _daemon_TestConnectionRequestInput, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  
  TestConnectionToPeer(argument: _daemon_TestConnectionToPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnectionToPeer(argument: _daemon_TestConnectionToPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnectionToPeer(argument: _daemon_TestConnectionToPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  TestConnectionToPeer(argument: _daemon_TestConnectionToPeerRequestInput, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnectionToPeer(argument: _daemon_TestConnectionToPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnectionToPeer(argument: _daemon_TestConnectionToPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnectionToPeer(argument: _daemon_TestConnectionToPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  testConnectionToPeer(argument: _daemon_TestConnectionToPeerRequestInput, callback: grpc.requestCallback<_daemon_TestConnectionReply>): grpc.ClientUnaryCall;
  
  UploadLogs(argument: _daemon_UploadLogsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  UploadLogs(argument: _daemon_UploadLogsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  UploadLogs(argument: _daemon_UploadLogsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  UploadLogs(argument: _daemon_UploadLogsRequestInput, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _daemon_UploadLogsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _daemon_UploadLogsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _daemon_UploadLogsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _daemon_UploadLogsRequestInput, callback: grpc.requestCallback<_daemon_UploadLogsReply>): grpc.ClientUnaryCall;
  
}

export interface ProxyHandlers extends grpc.UntypedServiceImplementation {
  AddReliability: grpc.handleUnaryCall<_daemon_AddReliabilityRequest, _daemon_EmptyInput>;
  
  AddReplication: grpc.handleUnaryCall<_daemon_AddReplicationRequest, _daemon_EmptyInput>;
  
  ConnectToPeer: grpc.handleUnaryCall<_daemon_ConnectToPeerRequest, _daemon_EmptyInput>;
  
  CreateInvite: grpc.handleUnaryCall<_daemon_GroupRequest, _daemon_InviteReplyInput>;
  
  IsProcessRunning: grpc.handleUnaryCall<_daemon_Empty, _daemon_IsProcessRunningReplyInput>;
  
  IsTestRunning: grpc.handleUnaryCall<_daemon_TestRequest, _daemon_IsTestRunningReplyInput>;
  
  JoinGroup: grpc.handleUnaryCall<_daemon_JoinGroupRequest, _daemon_EmptyInput>;
  
  NewTest: grpc.handleUnaryCall<_daemon_NewTestRequest, _daemon_EmptyInput>;
  
  StartReceiveMessage: grpc.handleUnaryCall<_daemon_GroupRequest, _daemon_EmptyInput>;
  
  StartTest: grpc.handleUnaryCall<_daemon_StartTestRequest, _daemon_EmptyInput>;
  
  StopReceiveMessage: grpc.handleUnaryCall<_daemon_GroupRequest, _daemon_EmptyInput>;
  
  TestConnection: grpc.handleUnaryCall<_daemon_TestConnectionRequest, _daemon_TestConnectionReplyInput>;
  
  TestConnectionToPeer: grpc.handleUnaryCall<_daemon_TestConnectionToPeerRequest, _daemon_TestConnectionReplyInput>;
  
  UploadLogs: grpc.handleUnaryCall<_daemon_UploadLogsRequest, _daemon_UploadLogsReplyInput>;
  
}

export interface ProxyDefinition extends grpc.ServiceDefinition {
  AddReliability: MethodDefinition<_daemon_AddReliabilityRequestInput, _daemon_EmptyInput, _daemon_AddReliabilityRequest, _daemon_Empty>
  AddReplication: MethodDefinition<_daemon_AddReplicationRequestInput, _daemon_EmptyInput, _daemon_AddReplicationRequest, _daemon_Empty>
  ConnectToPeer: MethodDefinition<_daemon_ConnectToPeerRequestInput, _daemon_EmptyInput, _daemon_ConnectToPeerRequest, _daemon_Empty>
  CreateInvite: MethodDefinition<_daemon_GroupRequestInput, _daemon_InviteReplyInput, _daemon_GroupRequest, _daemon_InviteReply>
  IsProcessRunning: MethodDefinition<_daemon_EmptyInput, _daemon_IsProcessRunningReplyInput, _daemon_Empty, _daemon_IsProcessRunningReply>
  IsTestRunning: MethodDefinition<_daemon_TestRequestInput, _daemon_IsTestRunningReplyInput, _daemon_TestRequest, _daemon_IsTestRunningReply>
  JoinGroup: MethodDefinition<_daemon_JoinGroupRequestInput, _daemon_EmptyInput, _daemon_JoinGroupRequest, _daemon_Empty>
  NewTest: MethodDefinition<_daemon_NewTestRequestInput, _daemon_EmptyInput, _daemon_NewTestRequest, _daemon_Empty>
  StartReceiveMessage: MethodDefinition<_daemon_GroupRequestInput, _daemon_EmptyInput, _daemon_GroupRequest, _daemon_Empty>
  StartTest: MethodDefinition<_daemon_StartTestRequestInput, _daemon_EmptyInput, _daemon_StartTestRequest, _daemon_Empty>
  StopReceiveMessage: MethodDefinition<_daemon_GroupRequestInput, _daemon_EmptyInput, _daemon_GroupRequest, _daemon_Empty>
  TestConnection: MethodDefinition<_daemon_TestConnectionRequestInput, _daemon_TestConnectionReplyInput, _daemon_TestConnectionRequest, _daemon_TestConnectionReply>
  TestConnectionToPeer: MethodDefinition<_daemon_TestConnectionToPeerRequestInput, _daemon_TestConnectionReplyInput, _daemon_TestConnectionToPeerRequest, _daemon_TestConnectionReply>
  UploadLogs: MethodDefinition<_daemon_UploadLogsRequestInput, _daemon_UploadLogsReplyInput, _daemon_UploadLogsRequest, _daemon_UploadLogsReply>
}
