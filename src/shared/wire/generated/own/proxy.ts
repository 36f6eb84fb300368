import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AddReliabilityRequestInput as _daemon_AddReliabilityRequestInput, AddReliabilityRequest as _daemon_AddReliabilityRequest } from './daemon/AddReliabilityRequest.js';
import type { AddReplicationRequestInput as _daemon_AddReplicationRequestInput, AddReplicationRequest as _daemon_AddReplicationRequest } from './daemon/AddReplicationRequest.js';
import type { ConnectToPeerRequestInput as _daemon_ConnectToPeerRequestInput, ConnectToPeerRequest as _daemon_ConnectToPeerRequest } from './daemon/ConnectToPeerRequest.js';
import type { EmptyInput as _daemon_EmptyInput, Empty as _daemon_Empty } from './daemon/Empty.js';
import type { GroupClient as _daemon_GroupClient, GroupDefinition as _daemon_GroupDefinition } from './daemon/Group.js';
import type { GroupRequestInput as _daemon_GroupRequestInput, GroupRequest as _daemon_GroupRequest } from './daemon/GroupRequest.js';
import type { InviteReplyInput as _daemon_InviteReplyInput, InviteReply as _daemon_InviteReply } from './daemon/InviteReply.js';
import type { IsProcessRunningReplyInput as _daemon_IsProcessRunningReplyInput, IsProcessRunningReply as _daemon_IsProcessRunningReply } from './daemon/IsProcessRunningReply.js';
import type { IsTestRunningReplyInput as _daemon_IsTestRunningReplyInput, IsTestRunningReply as _daemon_IsTestRunningReply } from './daemon/IsTestRunningReply.js';
import type { JoinGroupRequestInput as _daemon_JoinGroupRequestInput, JoinGroupRequest as _daemon_JoinGroupRequest } from './daemon/JoinGroupRequest.js';
import type { NewTestRequestInput as _daemon_NewTestRequestInput, NewTestRequest as _daemon_NewTestRequest } from './daemon/NewTestRequest.js';
import type { PeerClient as _daemon_PeerClient, PeerDefinition as _daemon_PeerDefinition } from './daemon/Peer.js';
import type { ProxyClient as _daemon_ProxyClient, ProxyDefinition as _daemon_ProxyDefinition } from './daemon/Proxy.js';
import type { StartTestRequestInput as _daemon_StartTestRequestInput, StartTestRequest as _daemon_StartTestRequest } from './daemon/StartTestRequest.js';
import type { TestClient as _daemon_TestClient, TestDefinition as _daemon_TestDefinition } from './daemon/Test.js';
import type { TestConnectionReplyInput as _daemon_TestConnectionReplyInput, TestConnectionReply as _daemon_TestConnectionReply } from './daemon/TestConnectionReply.js';
import type { TestConnectionRequestInput as _daemon_TestConnectionRequestInput, TestConnectionRequest as _daemon_TestConnectionRequest } from './daemon/TestConnectionRequest.js';
import type { TestConnectionToPeerRequestInput as _daemon_TestConnectionToPeerRequestInput, TestConnectionToPeerRequest as _daemon_TestConnectionToPeerRequest } from './daemon/TestConnectionToPeerRequest.js';
import type { TestRequestInput as _daemon_TestRequestInput, TestRequest as _daemon_TestRequest } from './daemon/TestRequest.js';
import type { UploadLogsReplyInput as _daemon_UploadLogsReplyInput, UploadLogsReply as _daemon_UploadLogsReply } from './daemon/UploadLogsReply.js';
import type { UploadLogsRequestInput as _daemon_UploadLogsRequestInput, UploadLogsRequest as _daemon_UploadLogsRequest } from './daemon/UploadLogsRequest.js';
import type { ProxyClient as _server_ProxyClient, ProxyDefinition as _server_ProxyDefinition } from './server/Proxy.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  daemon: {
    AddReliabilityRequest: MessageTypeDefinition<_daemon_AddReliabilityRequestInput, _daemon_AddReliabilityRequest>
    AddReplicationRequest: MessageTypeDefinition<_daemon_AddReplicationRequestInput, _daemon_AddReplicationRequest>
    ConnectToPeerRequest: MessageTypeDefinition<_daemon_ConnectToPeerRequestInput, _daemon_ConnectToPeerRequest>
    Empty: MessageTypeDefinition<_daemon_EmptyInput, _daemon_Empty>
    Group: SubtypeConstructor<typeof grpc.Client, _daemon_GroupClient> & { service: _daemon_GroupDefinition }
    GroupRequest: MessageTypeDefinition<_daemon_GroupRequestInput, _daemon_GroupRequest>
    InviteReply: MessageTypeDefinition<_daemon_InviteReplyInput, _daemon_InviteReply>
    IsProcessRunningReply: MessageTypeDefinition<_daemon_IsProcessRunningReplyInput, _daemon_IsProcessRunningReply>
    IsTestRunningReply: MessageTypeDefinition<_daemon_IsTestRunningReplyInput, _daemon_IsTestRunningReply>
    JoinGroupRequest: MessageTypeDefinition<_daemon_JoinGroupRequestInput, _daemon_JoinGroupRequest>
    NewTestRequest: MessageTypeDefinition<_daemon_NewTestRequestInput, _daemon_NewTestRequest>
    Peer: SubtypeConstructor<typeof grpc.Client, _daemon_PeerClient> & { service: _daemon_PeerDefinition }
    Proxy: SubtypeConstructor<typeof grpc.Client, _daemon_ProxyClient> & { service: _daemon_ProxyDefinition }
    StartTestRequest: MessageTypeDefinition<_daemon_StartTestRequestInput, _daemon_StartTestRequest>
    Test: SubtypeConstructor<typeof grpc.Client, _daemon_TestClient> & { service: _daemon_TestDefinition }
    TestConnectionReply: MessageTypeDefinition<_daemon_TestConnectionReplyInput, _daemon_TestConnectionReply>
    TestConnectionRequest: MessageTypeDefinition<_daemon_TestConnectionRequestInput, _daemon_TestConnectionRequest>
    TestConnectionToPeerRequest: MessageTypeDefinition<_daemon_TestConnectionToPeerRequestInput, _daemon_TestConnectionToPeerRequest>
    TestRequest: MessageTypeDefinition<_daemon_TestRequestInput, _daemon_TestRequest>
    UploadLogsReply: MessageTypeDefinition<_daemon_UploadLogsReplyInput, _daemon_UploadLogsReply>
    UploadLogsRequest: MessageTypeDefinition<_daemon_UploadLogsRequestInput, _daemon_UploadLogsRequest>
  }
  server: {
    Proxy: SubtypeConstructor<typeof grpc.Client, _server_ProxyClient> & { service: _server_ProxyDefinition }
  }
}

