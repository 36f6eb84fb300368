// Original file: proto/daemon/legacy.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { EmptyInput as _daemon_EmptyInput, Empty as _daemon_Empty } from '../daemon/Empty.js';
import type { GroupRequestInput as _daemon_GroupRequestInput, GroupRequest as _daemon_GroupRequest } from '../daemon/GroupRequest.js';
import type { InviteReplyInput as _daemon_InviteReplyInput, InviteReply as _daemon_InviteReply } from '../daemon/InviteReply.js';
import type { JoinGroupRequestInput as _daemon_JoinGroupRequestInput, JoinGroupRequest as _daemon_JoinGroupRequest } from '../daemon/JoinGroupRequest.js';
import type { TestConnectionReplyInput as _daemon_TestConnectionReplyInput, TestConnectionReply as _daemon_TestConnectionReply } from '../daemon/TestConnectionReply.js';
import type { TestConnectionRequestInput as _daemon_TestConnectionRequestInput, TestConnectionRequest as _daemon_TestConnectionRequest } from '../daemon/TestConnectionRequest.js';

export interface GroupClient extends grpc.Client {
  CreateInvite(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  CreateInvite(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  CreateInvite(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  CreateInvite(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  createInvite(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  createInvite(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  createInvite(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  createInvite(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_InviteReply>): grpc.ClientUnaryCall;
  
  JoinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  JoinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  JoinGroup(argument: _daemon_JoinGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  JoinGroup(argument: _daemon_JoinGroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  joinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  joinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  joinGroup(argument: _daemon_JoinGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  joinGroup(argument: _daemon_JoinGroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  ReplicationJoinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  ReplicationJoinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  ReplicationJoinGroup(argument: _daemon_JoinGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  ReplicationJoinGroup(argument: _daemon_JoinGroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  replicationJoinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  replicationJoinGroup(argument: _daemon_JoinGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  replicationJoinGroup(argument: _daemon_JoinGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  replicationJoinGroup(argument: _daemon_JoinGroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
  StartReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartReceiveMessage(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  StartReceiveMessage(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startReceiveMessage(argument: _daemon_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startReceiveMessage(argument: _daemon_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  startReceiveMessage(argument: _daemon_GroupRequestInput, callback: grpc.requestCallback<_daemon_Empty>): grpc.ClientUnaryCall;
  
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
  
}

export interface GroupHandlers extends grpc.UntypedServiceImplementation {
  CreateInvite: grpc.handleUnaryCall<_daemon_GroupRequest, _daemon_InviteReplyInput>;
  
  JoinGroup: grpc.handleUnaryCall<_daemon_JoinGroupRequest, _daemon_EmptyInput>;
  
  ReplicationJoinGroup: grpc.handleUnaryCall<_daemon_JoinGroupRequest, _daemon_EmptyInput>;
  
  StartReceiveMessage: grpc.handleUnaryCall<_daemon_GroupRequest, _daemon_EmptyInput>;
  
  StopReceiveMessage: grpc.handleUnaryCall<_daemon_GroupRequest, _daemon_EmptyInput>;
  
  TestConnection: grpc.handleUnaryCall<_daemon_TestConnectionRequest, _daemon_TestConnectionReplyInput>;
  
}

export interface GroupDefinition extends grpc.ServiceDefinition {
  CreateInvite: MethodDefinition<_daemon_GroupRequestInput, _daemon_InviteReplyInput, _daemon_GroupRequest, _daemon_InviteReply>
  JoinGroup: MethodDefinition<_daemon_JoinGroupRequestInput, _daemon_EmptyInput, _daemon_JoinGroupRequest, _daemon_Empty>
  ReplicationJoinGroup: MethodDefinition<_daemon_JoinGroupRequestInput, _daemon_EmptyInput, _daemon_JoinGroupRequest, _daemon_Empty>
  StartReceiveMessage: MethodDefinition<_daemon_GroupRequestInput, _daemon_EmptyInput, _daemon_GroupRequest, _daemon_Empty>
  StopReceiveMessage: MethodDefinition<_daemon_GroupRequestInput, _daemon_EmptyInput, _daemon_GroupRequest, _daemon_Empty>
  TestConnection: MethodDefinition<_daemon_TestConnectionRequestInput, _daemon_TestConnectionReplyInput, _daemon_TestConnectionRequest, _daemon_TestConnectionReply>
}
