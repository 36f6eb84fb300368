// Original file: proto/snetd/infra/v1/infra.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AddReplicationReplyInput as _snetd_infra_v1_AddReplicationReplyInput, AddReplicationReply as _snetd_infra_v1_AddReplicationReply } from '../../../snetd/infra/v1/AddReplicationReply.js';
import type { AddReplicationRequestInput as _snetd_infra_v1_AddReplicationRequestInput, AddReplicationRequest as _snetd_infra_v1_AddReplicationRequest } from '../../../snetd/infra/v1/AddReplicationRequest.js';
import type { ClockInput as _snetd_infra_v1_ClockInput, Clock as _snetd_infra_v1_Clock } from '../../../snetd/infra/v1/Clock.js';
import type { ConnectPeerRequestInput as _snetd_infra_v1_ConnectPeerRequestInput, ConnectPeerRequest as _snetd_infra_v1_ConnectPeerRequest } from '../../../snetd/infra/v1/ConnectPeerRequest.js';
import type { CreateGroupRequestInput as _snetd_infra_v1_CreateGroupRequestInput, CreateGroupRequest as _snetd_infra_v1_CreateGroupRequest } from '../../../snetd/infra/v1/CreateGroupRequest.js';
import type { GetClockRequestInput as _snetd_infra_v1_GetClockRequestInput, GetClockRequest as _snetd_infra_v1_GetClockRequest } from '../../../snetd/infra/v1/GetClockRequest.js';
import type { GetInviteRequestInput as _snetd_infra_v1_GetInviteRequestInput, GetInviteRequest as _snetd_infra_v1_GetInviteRequest } from '../../../snetd/infra/v1/GetInviteRequest.js';
import type { GetPeerRequestInput as _snetd_infra_v1_GetPeerRequestInput, GetPeerRequest as _snetd_infra_v1_GetPeerRequest } from '../../../snetd/infra/v1/GetPeerRequest.js';
import type { GetRunRequestInput as _snetd_infra_v1_GetRunRequestInput, GetRunRequest as _snetd_infra_v1_GetRunRequest } from '../../../snetd/infra/v1/GetRunRequest.js';
import type { GroupInput as _snetd_infra_v1_GroupInput, Group as _snetd_infra_v1_Group } from '../../../snetd/infra/v1/Group.js';
import type { GroupListInput as _snetd_infra_v1_GroupListInput, GroupList as _snetd_infra_v1_GroupList } from '../../../snetd/infra/v1/GroupList.js';
import type { GroupRequestInput as _snetd_infra_v1_GroupRequestInput, GroupRequest as _snetd_infra_v1_GroupRequest } from '../../../snetd/infra/v1/GroupRequest.js';
import type { InviteInput as _snetd_infra_v1_InviteInput, Invite as _snetd_infra_v1_Invite } from '../../../snetd/infra/v1/Invite.js';
import type { JoinGroupRequestInput as _snetd_infra_v1_JoinGroupRequestInput, JoinGroupRequest as _snetd_infra_v1_JoinGroupRequest } from '../../../snetd/infra/v1/JoinGroupRequest.js';
import type { KeepClocksRequestInput as _snetd_infra_v1_KeepClocksRequestInput, KeepClocksRequest as _snetd_infra_v1_KeepClocksRequest } from '../../../snetd/infra/v1/KeepClocksRequest.js';
import type { LedgerPageInput as _snetd_infra_v1_LedgerPageInput, LedgerPage as _snetd_infra_v1_LedgerPage } from '../../../snetd/infra/v1/LedgerPage.js';
import type { ListGroupsRequestInput as _snetd_infra_v1_ListGroupsRequestInput, ListGroupsRequest as _snetd_infra_v1_ListGroupsRequest } from '../../../snetd/infra/v1/ListGroupsRequest.js';
import type { ListMessagesRequestInput as _snetd_infra_v1_ListMessagesRequestInput, ListMessagesRequest as _snetd_infra_v1_ListMessagesRequest } from '../../../snetd/infra/v1/ListMessagesRequest.js';
import type { ListRunsRequestInput as _snetd_infra_v1_ListRunsRequestInput, ListRunsRequest as _snetd_infra_v1_ListRunsRequest } from '../../../snetd/infra/v1/ListRunsRequest.js';
import type { ListTestsRequestInput as _snetd_infra_v1_ListTestsRequestInput, ListTestsRequest as _snetd_infra_v1_ListTestsRequest } from '../../../snetd/infra/v1/ListTestsRequest.js';
import type { MessageInput as _snetd_infra_v1_MessageInput, Message as _snetd_infra_v1_Message } from '../../../snetd/infra/v1/Message.js';
import type { NewTestRequestInput as _snetd_infra_v1_NewTestRequestInput, NewTestRequest as _snetd_infra_v1_NewTestRequest } from '../../../snetd/infra/v1/NewTestRequest.js';
import type { PeerInput as _snetd_infra_v1_PeerInput, Peer as _snetd_infra_v1_Peer } from '../../../snetd/infra/v1/Peer.js';
import type { ProbePeerRequestInput as _snetd_infra_v1_ProbePeerRequestInput, ProbePeerRequest as _snetd_infra_v1_ProbePeerRequest } from '../../../snetd/infra/v1/ProbePeerRequest.js';
import type { ReadLedgerRequestInput as _snetd_infra_v1_ReadLedgerRequestInput, ReadLedgerRequest as _snetd_infra_v1_ReadLedgerRequest } from '../../../snetd/infra/v1/ReadLedgerRequest.js';
import type { ReliabilityInput as _snetd_infra_v1_ReliabilityInput, Reliability as _snetd_infra_v1_Reliability } from '../../../snetd/infra/v1/Reliability.js';
import type { ResetReplyInput as _snetd_infra_v1_ResetReplyInput, ResetReply as _snetd_infra_v1_ResetReply } from '../../../snetd/infra/v1/ResetReply.js';
import type { ResetRequestInput as _snetd_infra_v1_ResetRequestInput, ResetRequest as _snetd_infra_v1_ResetRequest } from '../../../snetd/infra/v1/ResetRequest.js';
import type { RunClocksInput as _snetd_infra_v1_RunClocksInput, RunClocks as _snetd_infra_v1_RunClocks } from '../../../snetd/infra/v1/RunClocks.js';
import type { RunListInput as _snetd_infra_v1_RunListInput, RunList as _snetd_infra_v1_RunList } from '../../../snetd/infra/v1/RunList.js';
import type { RunPartInput as _snetd_infra_v1_RunPartInput, RunPart as _snetd_infra_v1_RunPart } from '../../../snetd/infra/v1/RunPart.js';
import type { StartTestRequestInput as _snetd_infra_v1_StartTestRequestInput, StartTestRequest as _snetd_infra_v1_StartTestRequest } from '../../../snetd/infra/v1/StartTestRequest.js';
import type { StopTestRequestInput as _snetd_infra_v1_StopTestRequestInput, StopTestRequest as _snetd_infra_v1_StopTestRequest } from '../../../snetd/infra/v1/StopTestRequest.js';
import type { TestInput as _snetd_infra_v1_TestInput, Test as _snetd_infra_v1_Test } from '../../../snetd/infra/v1/Test.js';
import type { TestListInput as _snetd_infra_v1_TestListInput, TestList as _snetd_infra_v1_TestList } from '../../../snetd/infra/v1/TestList.js';
import type { UploadLogsReplyInput as _snetd_infra_v1_UploadLogsReplyInput, UploadLogsReply as _snetd_infra_v1_UploadLogsReply } from '../../../snetd/infra/v1/UploadLogsReply.js';
import type { UploadLogsRequestInput as _snetd_infra_v1_UploadLogsRequestInput, UploadLogsRequest as _snetd_infra_v1_UploadLogsRequest } from '../../../snetd/infra/v1/UploadLogsRequest.js';

export interface InfraClient extends grpc.Client {
  AddReplication(argument: _snetd_infra_v1_AddReplicationRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_AddReplicationReply>): grpc.ClientUnaryCall;
  AddReplication(argument: _snetd_infra_v1_AddReplicationRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_AddReplicationReply>): grpc.ClientUnaryCall;
  AddReplication(argument: _snetd_infra_v1_AddReplicationRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_AddReplicationReply>): grpc.ClientUnaryCall;
  AddReplication(argument: _snetd_infra_v1_AddReplicationRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_AddReplicationReply>): grpc.ClientUnaryCall;
  addReplication(argument: _snetd_infra_v1_AddReplicationRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_AddReplicationReply>): grpc.ClientUnaryCall;
  addReplication(argument: _snetd_infra_v1_AddReplicationRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_AddReplicationReply>): grpc.ClientUnaryCall;
  addReplication(argument: _snetd_infra_v1_AddReplicationRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_AddReplicationReply>): grpc.ClientUnaryCall;
  addReplication(argument: _snetd_infra_v1_AddReplicationRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_AddReplicationReply>): grpc.ClientUnaryCall;
  
  ConnectPeer(argument: _snetd_infra_v1_ConnectPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  ConnectPeer(argument: _snetd_infra_v1_ConnectPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  ConnectPeer(argument: _snetd_infra_v1_ConnectPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  ConnectPeer(argument: _snetd_infra_v1_ConnectPeerRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  connectPeer(argument: _snetd_infra_v1_ConnectPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  connectPeer(argument: _snetd_infra_v1_ConnectPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  connectPeer(argument: _snetd_infra_v1_ConnectPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  connectPeer(argument: _snetd_infra_v1_ConnectPeerRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  
  CreateGroup(argument: _snetd_infra_v1_CreateGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  CreateGroup(argument: _snetd_infra_v1_CreateGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  CreateGroup(argument: _snetd_infra_v1_CreateGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  CreateGroup(argument: _snetd_infra_v1_CreateGroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  createGroup(argument: _snetd_infra_v1_CreateGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  createGroup(argument: _snetd_infra_v1_CreateGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  createGroup(argument: _snetd_infra_v1_CreateGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  createGroup(argument: _snetd_infra_v1_CreateGroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  
  GetClock(argument: _snetd_infra_v1_GetClockRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Clock>): grpc.ClientUnaryCall;
  GetClock(argument: _snetd_infra_v1_GetClockRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Clock>): grpc.ClientUnaryCall;
  GetClock(argument: _snetd_infra_v1_GetClockRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Clock>): grpc.ClientUnaryCall;
  GetClock(argument: _snetd_infra_v1_GetClockRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Clock>): grpc.ClientUnaryCall;
  getClock(argument: _snetd_infra_v1_GetClockRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Clock>): grpc.ClientUnaryCall;
  getClock(argument: _snetd_infra_v1_GetClockRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Clock>): grpc.ClientUnaryCall;
  getClock(argument: _snetd_infra_v1_GetClockRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Clock>): grpc.ClientUnaryCall;
  getClock(argument: _snetd_infra_v1_GetClockRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Clock>): grpc.ClientUnaryCall;
  
  GetInvite(argument: _snetd_infra_v1_GetInviteRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  GetInvite(argument: _snetd_infra_v1_GetInviteRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  GetInvite(argument: _snetd_infra_v1_GetInviteRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  GetInvite(argument: _snetd_infra_v1_GetInviteRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  getInvite(argument: _snetd_infra_v1_GetInviteRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  getInvite(argument: _snetd_infra_v1_GetInviteRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  getInvite(argument: _snetd_infra_v1_GetInviteRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  getInvite(argument: _snetd_infra_v1_GetInviteRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Invite>): grpc.ClientUnaryCall;
  
  GetPeer(argument: _snetd_infra_v1_GetPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  GetPeer(argument: _snetd_infra_v1_GetPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  GetPeer(argument: _snetd_infra_v1_GetPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  GetPeer(argument: _snetd_infra_v1_GetPeerRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  getPeer(argument: _snetd_infra_v1_GetPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  getPeer(argument: _snetd_infra_v1_GetPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  getPeer(argument: _snetd_infra_v1_GetPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  getPeer(argument: _snetd_infra_v1_GetPeerRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  
  GetRun(argument: _snetd_infra_v1_GetRunRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunPart>): grpc.ClientUnaryCall;
  GetRun(argument: _snetd_infra_v1_GetRunRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_RunPart>): grpc.ClientUnaryCall;
  GetRun(argument: _snetd_infra_v1_GetRunRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunPart>): grpc.ClientUnaryCall;
  GetRun(argument: _snetd_infra_v1_GetRunRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_RunPart>): grpc.ClientUnaryCall;
  getRun(argument: _snetd_infra_v1_GetRunRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunPart>): grpc.ClientUnaryCall;
  getRun(argument: _snetd_infra_v1_GetRunRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_RunPart>): grpc.ClientUnaryCall;
  getRun(argument: _snetd_infra_v1_GetRunRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunPart>): grpc.ClientUnaryCall;
  getRun(argument: _snetd_infra_v1_GetRunRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_RunPart>): grpc.ClientUnaryCall;
  
  JoinGroup(argument: _snetd_infra_v1_JoinGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  JoinGroup(argument: _snetd_infra_v1_JoinGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  JoinGroup(argument: _snetd_infra_v1_JoinGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  JoinGroup(argument: _snetd_infra_v1_JoinGroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  joinGroup(argument: _snetd_infra_v1_JoinGroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  joinGroup(argument: _snetd_infra_v1_JoinGroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  joinGroup(argument: _snetd_infra_v1_JoinGroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  joinGroup(argument: _snetd_infra_v1_JoinGroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  
  KeepClocks(argument: _snetd_infra_v1_KeepClocksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunClocks>): grpc.ClientUnaryCall;
  KeepClocks(argument: _snetd_infra_v1_KeepClocksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_RunClocks>): grpc.ClientUnaryCall;
  KeepClocks(argument: _snetd_infra_v1_KeepClocksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunClocks>): grpc.ClientUnaryCall;
  KeepClocks(argument: _snetd_infra_v1_KeepClocksRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_RunClocks>): grpc.ClientUnaryCall;
  keepClocks(argument: _snetd_infra_v1_KeepClocksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunClocks>): grpc.ClientUnaryCall;
  keepClocks(argument: _snetd_infra_v1_KeepClocksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_RunClocks>): grpc.ClientUnaryCall;
  keepClocks(argument: _snetd_infra_v1_KeepClocksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunClocks>): grpc.ClientUnaryCall;
  keepClocks(argument: _snetd_infra_v1_KeepClocksRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_RunClocks>): grpc.ClientUnaryCall;
  
  LeaveGroup(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  LeaveGroup(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  LeaveGroup(argument: _snetd_infra_v1_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  LeaveGroup(argument: _snetd_infra_v1_GroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  leaveGroup(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  leaveGroup(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  leaveGroup(argument: _snetd_infra_v1_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  leaveGroup(argument: _snetd_infra_v1_GroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  
  ListGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_GroupList>): grpc.ClientUnaryCall;
  ListGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_GroupList>): grpc.ClientUnaryCall;
  ListGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_GroupList>): grpc.ClientUnaryCall;
  ListGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_GroupList>): grpc.ClientUnaryCall;
  listGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_GroupList>): grpc.ClientUnaryCall;
  listGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_GroupList>): grpc.ClientUnaryCall;
  listGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_GroupList>): grpc.ClientUnaryCall;
  listGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_GroupList>): grpc.ClientUnaryCall;
  
  ListMessages(argument: _snetd_infra_v1_ListMessagesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_Message>;
  ListMessages(argument: _snetd_infra_v1_ListMessagesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_Message>;
  listMessages(argument: _snetd_infra_v1_ListMessagesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_Message>;
  listMessages(argument: _snetd_infra_v1_ListMessagesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_Message>;
  
  ListRuns(argument: _snetd_infra_v1_ListRunsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunList>): grpc.ClientUnaryCall;
  ListRuns(argument: _snetd_infra_v1_ListRunsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_RunList>): grpc.ClientUnaryCall;
  ListRuns(argument: _snetd_infra_v1_ListRunsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunList>): grpc.ClientUnaryCall;
  ListRuns(argument: _snetd_infra_v1_ListRunsRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_RunList>): grpc.ClientUnaryCall;
  listRuns(argument: _snetd_infra_v1_ListRunsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunList>): grpc.ClientUnaryCall;
  listRuns(argument: _snetd_infra_v1_ListRunsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_RunList>): grpc.ClientUnaryCall;
  listRuns(argument: _snetd_infra_v1_ListRunsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_RunList>): grpc.ClientUnaryCall;
  listRuns(argument: _snetd_infra_v1_ListRunsRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_RunList>): grpc.ClientUnaryCall;
  
  ListTests(argument: _snetd_infra_v1_ListTestsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  ListTests(argument: _snetd_infra_v1_ListTestsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  ListTests(argument: _snetd_infra_v1_ListTestsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  ListTests(argument: _snetd_infra_v1_ListTestsRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  listTests(argument: _snetd_infra_v1_ListTestsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  listTests(argument: _snetd_infra_v1_ListTestsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  listTests(argument: _snetd_infra_v1_ListTestsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  listTests(argument: _snetd_infra_v1_ListTestsRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  
  NewTest(argument: _snetd_infra_v1_NewTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  NewTest(argument: _snetd_infra_v1_NewTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  NewTest(argument: _snetd_infra_v1_NewTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  NewTest(argument: _snetd_infra_v1_NewTestRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  newTest(argument: _snetd_infra_v1_NewTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  newTest(argument: _snetd_infra_v1_NewTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  newTest(argument: _snetd_infra_v1_NewTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  newTest(argument: _snetd_infra_v1_NewTestRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  
  ProbePeer(argument: _snetd_infra_v1_ProbePeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  ProbePeer(argument: _snetd_infra_v1_ProbePeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  ProbePeer(argument: _snetd_infra_v1_ProbePeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  ProbePeer(argument: _snetd_infra_v1_ProbePeerRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  probePeer(argument: _snetd_infra_v1_ProbePeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  probePeer(argument: _snetd_infra_v1_ProbePeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  probePeer(argument: _snetd_infra_v1_ProbePeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  probePeer(argument: _snetd_infra_v1_ProbePeerRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Peer>): grpc.ClientUnaryCall;
  
  ReadLedger(argument: _snetd_infra_v1_ReadLedgerRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_LedgerPage>;
  ReadLedger(argument: _snetd_infra_v1_ReadLedgerRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_LedgerPage>;
  readLedger(argument: _snetd_infra_v1_ReadLedgerRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_LedgerPage>;
  readLedger(argument: _snetd_infra_v1_ReadLedgerRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_LedgerPage>;
  
  Reset(argument: _snetd_infra_v1_ResetRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_ResetReply>): grpc.ClientUnaryCall;
  Reset(argument: _snetd_infra_v1_ResetRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_ResetReply>): grpc.ClientUnaryCall;
  Reset(argument: _snetd_infra_v1_ResetRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_ResetReply>): grpc.ClientUnaryCall;
  Reset(argument: _snetd_infra_v1_ResetRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_ResetReply>): grpc.ClientUnaryCall;
  reset(argument: _snetd_infra_v1_ResetRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_ResetReply>): grpc.ClientUnaryCall;
  reset(argument: _snetd_infra_v1_ResetRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_ResetReply>): grpc.ClientUnaryCall;
  reset(argument: _snetd_infra_v1_ResetRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_ResetReply>): grpc.ClientUnaryCall;
  reset(argument: _snetd_infra_v1_ResetRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_ResetReply>): grpc.ClientUnaryCall;
  
  SetReliability(argument: _snetd_infra_v1_ReliabilityInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Reliability>): grpc.ClientUnaryCall;
  SetReliability(argument: _snetd_infra_v1_ReliabilityInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Reliability>): grpc.ClientUnaryCall;
  SetReliability(argument: _snetd_infra_v1_ReliabilityInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Reliability>): grpc.ClientUnaryCall;
  SetReliability(argument: _snetd_infra_v1_ReliabilityInput, callback: grpc.requestCallback<_snetd_infra_v1_Reliability>): grpc.ClientUnaryCall;
  setReliability(argument: _snetd_infra_v1_ReliabilityInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Reliability>): grpc.ClientUnaryCall;
  setReliability(argument: _snetd_infra_v1_ReliabilityInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Reliability>): grpc.ClientUnaryCall;
  setReliability(argument: _snetd_infra_v1_ReliabilityInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Reliability>): grpc.ClientUnaryCall;
  setReliability(argument: _snetd_infra_v1_ReliabilityInput, callback: grpc.requestCallback<_snetd_infra_v1_Reliability>): grpc.ClientUnaryCall;
  
  StartReceiving(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  StartReceiving(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  StartReceiving(argument: _snetd_infra_v1_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  StartReceiving(argument: _snetd_infra_v1_GroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  startReceiving(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  startReceiving(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  startReceiving(argument: _snetd_infra_v1_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  startReceiving(argument: _snetd_infra_v1_GroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  
  StartTest(argument: _snetd_infra_v1_StartTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  StartTest(argument: _snetd_infra_v1_StartTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  StartTest(argument: _snetd_infra_v1_StartTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  StartTest(argument: _snetd_infra_v1_StartTestRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  startTest(argument: _snetd_infra_v1_StartTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  startTest(argument: _snetd_infra_v1_StartTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  startTest(argument: _snetd_infra_v1_StartTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  startTest(argument: _snetd_infra_v1_StartTestRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Test>): grpc.ClientUnaryCall;
  
  StopReceiving(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  StopReceiving(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  StopReceiving(argument: _snetd_infra_v1_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  StopReceiving(argument: _snetd_infra_v1_GroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  stopReceiving(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  stopReceiving(argument: _snetd_infra_v1_GroupRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  stopReceiving(argument: _snetd_infra_v1_GroupRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  stopReceiving(argument: _snetd_infra_v1_GroupRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_Group>): grpc.ClientUnaryCall;
  
  StopTest(argument: _snetd_infra_v1_StopTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  StopTest(argument: _snetd_infra_v1_StopTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  StopTest(argument: _snetd_infra_v1_StopTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  StopTest(argument: _snetd_infra_v1_StopTestRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  stopTest(argument: _snetd_infra_v1_StopTestRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  stopTest(argument: _snetd_infra_v1_StopTestRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  stopTest(argument: _snetd_infra_v1_StopTestRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  stopTest(argument: _snetd_infra_v1_StopTestRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_TestList>): grpc.ClientUnaryCall;
  
  UploadLogs(argument: _snetd_infra_v1_UploadLogsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_UploadLogsReply>): grpc.ClientUnaryCall;
  UploadLogs(argument: _snetd_infra_v1_UploadLogsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_UploadLogsReply>): grpc.ClientUnaryCall;
  UploadLogs(argument: _snetd_infra_v1_UploadLogsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_UploadLogsReply>): grpc.ClientUnaryCall;
  UploadLogs(argument: _snetd_infra_v1_UploadLogsRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _snetd_infra_v1_UploadLogsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _snetd_infra_v1_UploadLogsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_infra_v1_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _snetd_infra_v1_UploadLogsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_infra_v1_UploadLogsReply>): grpc.ClientUnaryCall;
  uploadLogs(argument: _snetd_infra_v1_UploadLogsRequestInput, callback: grpc.requestCallback<_snetd_infra_v1_UploadLogsReply>): grpc.ClientUnaryCall;
  
  WatchGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_GroupList>;
  WatchGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_GroupList>;
  watchGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_GroupList>;
  watchGroups(argument: _snetd_infra_v1_ListGroupsRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_GroupList>;
  
  WatchPeer(argument: _snetd_infra_v1_GetPeerRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_Peer>;
  WatchPeer(argument: _snetd_infra_v1_GetPeerRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_Peer>;
  watchPeer(argument: _snetd_infra_v1_GetPeerRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_Peer>;
  watchPeer(argument: _snetd_infra_v1_GetPeerRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_Peer>;
  
  WatchTests(argument: _snetd_infra_v1_ListTestsRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_TestList>;
  WatchTests(argument: _snetd_infra_v1_ListTestsRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_TestList>;
  watchTests(argument: _snetd_infra_v1_ListTestsRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_TestList>;
  watchTests(argument: _snetd_infra_v1_ListTestsRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_infra_v1_TestList>;
  
}

export interface InfraHandlers extends grpc.UntypedServiceImplementation {
  AddReplication: grpc.handleUnaryCall<_snetd_infra_v1_AddReplicationRequest, _snetd_infra_v1_AddReplicationReplyInput>;
  
  ConnectPeer: grpc.handleUnaryCall<_snetd_infra_v1_ConnectPeerRequest, _snetd_infra_v1_PeerInput>;
  
  CreateGroup: grpc.handleUnaryCall<_snetd_infra_v1_CreateGroupRequest, _snetd_infra_v1_InviteInput>;
  
  GetClock: grpc.handleUnaryCall<_snetd_infra_v1_GetClockRequest, _snetd_infra_v1_ClockInput>;
  
  GetInvite: grpc.handleUnaryCall<_snetd_infra_v1_GetInviteRequest, _snetd_infra_v1_InviteInput>;
  
  GetPeer: grpc.handleUnaryCall<_snetd_infra_v1_GetPeerRequest, _snetd_infra_v1_PeerInput>;
  
  GetRun: grpc.handleUnaryCall<_snetd_infra_v1_GetRunRequest, _snetd_infra_v1_RunPartInput>;
  
  JoinGroup: grpc.handleUnaryCall<_snetd_infra_v1_JoinGroupRequest, _snetd_infra_v1_GroupInput>;
  
  KeepClocks: grpc.handleUnaryCall<_snetd_infra_v1_KeepClocksRequest, _snetd_infra_v1_RunClocksInput>;
  
  LeaveGroup: grpc.handleUnaryCall<_snetd_infra_v1_GroupRequest, _snetd_infra_v1_GroupInput>;
  
  ListGroups: grpc.handleUnaryCall<_snetd_infra_v1_ListGroupsRequest, _snetd_infra_v1_GroupListInput>;
  
  ListMessages: grpc.handleServerStreamingCall<_snetd_infra_v1_ListMessagesRequest, _snetd_infra_v1_MessageInput>;
  
  ListRuns: grpc.handleUnaryCall<_snetd_infra_v1_ListRunsRequest, _snetd_infra_v1_RunListInput>;
  
  ListTests: grpc.handleUnaryCall<_snetd_infra_v1_ListTestsRequest, _snetd_infra_v1_TestListInput>;
  
  NewTest: grpc.handleUnaryCall<_snetd_infra_v1_NewTestRequest, _snetd_infra_v1_TestInput>;
  
  ProbePeer: grpc.handleUnaryCall<_snetd_infra_v1_ProbePeerRequest, _snetd_infra_v1_PeerInput>;
  
  ReadLedger: grpc.handleServerStreamingCall<_snetd_infra_v1_ReadLedgerRequest, _snetd_infra_v1_LedgerPageInput>;
  
  Reset: grpc.handleUnaryCall<_snetd_infra_v1_ResetRequest, _snetd_infra_v1_ResetReplyInput>;
  
  SetReliability: grpc.handleUnaryCall<_snetd_infra_v1_Reliability, _snetd_infra_v1_ReliabilityInput>;
  
  StartReceiving: grpc.handleUnaryCall<_snetd_infra_v1_GroupRequest, _snetd_infra_v1_GroupInput>;
  
  StartTest: grpc.handleUnaryCall<_snetd_infra_v1_StartTestRequest, _snetd_infra_v1_TestInput>;
  
  StopReceiving: grpc.handleUnaryCall<_snetd_infra_v1_GroupRequest, _snetd_infra_v1_GroupInput>;
  
  StopTest: grpc.handleUnaryCall<_snetd_infra_v1_StopTestRequest, _snetd_infra_v1_TestListInput>;
  
  UploadLogs: grpc.handleUnaryCall<_snetd_infra_v1_UploadLogsRequest, _snetd_infra_v1_UploadLogsReplyInput>;
  
  WatchGroups: grpc.handleServerStreamingCall<_snetd_infra_v1_ListGroupsRequest, _snetd_infra_v1_GroupListInput>;
  
  WatchPeer: grpc.handleServerStreamingCall<_snetd_infra_v1_GetPeerRequest, _snetd_infra_v1_PeerInput>;
  
  WatchTests: grpc.handleServerStreamingCall<_snetd_infra_v1_ListTestsRequest, _snetd_infra_v1_TestListInput>;
  
}

export interface InfraDefinition extends grpc.ServiceDefinition {
  AddReplication: MethodDefinition<_snetd_infra_v1_AddReplicationRequestInput, _snetd_infra_v1_AddReplicationReplyInput, _snetd_infra_v1_AddReplicationRequest, _snetd_infra_v1_AddReplicationReply>
  ConnectPeer: MethodDefinition<_snetd_infra_v1_ConnectPeerRequestInput, _snetd_infra_v1_PeerInput, _snetd_infra_v1_ConnectPeerRequest, _snetd_infra_v1_Peer>
  CreateGroup: MethodDefinition<_snetd_infra_v1_CreateGroupRequestInput, _snetd_infra_v1_InviteInput, _snetd_infra_v1_CreateGroupRequest, _snetd_infra_v1_Invite>
  GetClock: MethodDefinition<_snetd_infra_v1_GetClockRequestInput, _snetd_infra_v1_ClockInput, _snetd_infra_v1_GetClockRequest, _snetd_infra_v1_Clock>
  GetInvite: MethodDefinition<_snetd_infra_v1_GetInviteRequestInput, _snetd_infra_v1_InviteInput, _snetd_infra_v1_GetInviteRequest, _snetd_infra_v1_Invite>
  GetPeer: MethodDefinition<_snetd_infra_v1_GetPeerRequestInput, _snetd_infra_v1_PeerInput, _snetd_infra_v1_GetPeerRequest, _snetd_infra_v1_Peer>
  GetRun: MethodDefinition<_snetd_infra_v1_GetRunRequestInput, _snetd_infra_v1_RunPartInput, _snetd_infra_v1_GetRunRequest, _snetd_infra_v1_RunPart>
  JoinGroup: MethodDefinition<_snetd_infra_v1_JoinGroupRequestInput, _snetd_infra_v1_GroupInput, _snetd_infra_v1_JoinGroupRequest, _snetd_infra_v1_Group>
  KeepClocks: MethodDefinition<_snetd_infra_v1_KeepClocksRequestInput, _snetd_infra_v1_RunClocksInput, _snetd_infra_v1_KeepClocksRequest, _snetd_infra_v1_RunClocks>
  LeaveGroup: MethodDefinition<_snetd_infra_v1_GroupRequestInput, _snetd_infra_v1_GroupInput, _snetd_infra_v1_GroupRequest, _snetd_infra_v1_Group>
  ListGroups: MethodDefinition<_snetd_infra_v1_ListGroupsRequestInput, _snetd_infra_v1_GroupListInput, _snetd_infra_v1_ListGroupsRequest, _snetd_infra_v1_GroupList>
  ListMessages: MethodDefinition<_snetd_infra_v1_ListMessagesRequestInput, _snetd_infra_v1_MessageInput, _snetd_infra_v1_ListMessagesRequest, _snetd_infra_v1_Message>
  ListRuns: MethodDefinition<_snetd_infra_v1_ListRunsRequestInput, _snetd_infra_v1_RunListInput, _snetd_infra_v1_ListRunsRequest, _snetd_infra_v1_RunList>
  ListTests: MethodDefinition<_snetd_infra_v1_ListTestsRequestInput, _snetd_infra_v1_TestListInput, _snetd_infra_v1_ListTestsRequest, _snetd_infra_v1_TestList>
  NewTest: MethodDefinition<_snetd_infra_v1_NewTestRequestInput, _snetd_infra_v1_TestInput, _snetd_infra_v1_NewTestRequest, _snetd_infra_v1_Test>
  ProbePeer: MethodDefinition<_snetd_infra_v1_ProbePeerRequestInput, _snetd_infra_v1_PeerInput, _snetd_infra_v1_ProbePeerRequest, _snetd_infra_v1_Peer>
  ReadLedger: MethodDefinition<_snetd_infra_v1_ReadLedgerRequestInput, _snetd_infra_v1_LedgerPageInput, _snetd_infra_v1_ReadLedgerRequest, _snetd_infra_v1_LedgerPage>
  Reset: MethodDefinition<_snetd_infra_v1_ResetRequestInput, _snetd_infra_v1_ResetReplyInput, _snetd_infra_v1_ResetRequest, _snetd_infra_v1_ResetReply>
  SetReliability: MethodDefinition<_snetd_infra_v1_ReliabilityInput, _snetd_infra_v1_ReliabilityInput, _snetd_infra_v1_Reliability, _snetd_infra_v1_Reliability>
  StartReceiving: MethodDefinition<_snetd_infra_v1_GroupRequestInput, _snetd_infra_v1_GroupInput, _snetd_infra_v1_GroupRequest, _snetd_infra_v1_Group>
  StartTest: MethodDefinition<_snetd_infra_v1_StartTestRequestInput, _snetd_infra_v1_TestInput, _snetd_infra_v1_StartTestRequest, _snetd_infra_v1_Test>
  StopReceiving: MethodDefinition<_snetd_infra_v1_GroupRequestInput, _snetd_infra_v1_GroupInput, _snetd_infra_v1_GroupRequest, _snetd_infra_v1_Group>
  StopTest: MethodDefinition<_snetd_infra_v1_StopTestRequestInput, _snetd_infra_v1_TestListInput, _snetd_infra_v1_StopTestRequest, _snetd_infra_v1_TestList>
  UploadLogs: MethodDefinition<_snetd_infra_v1_UploadLogsRequestInput, _snetd_infra_v1_UploadLogsReplyInput, _snetd_infra_v1_UploadLogsRequest, _snetd_infra_v1_UploadLogsReply>
  WatchGroups: MethodDefinition<_snetd_infra_v1_ListGroupsRequestInput, _snetd_infra_v1_GroupListInput, _snetd_infra_v1_ListGroupsRequest, _snetd_infra_v1_GroupList>
  WatchPeer: MethodDefinition<_snetd_infra_v1_GetPeerRequestInput, _snetd_infra_v1_PeerInput, _snetd_infra_v1_GetPeerRequest, _snetd_infra_v1_Peer>
  WatchTests: MethodDefinition<_snetd_infra_v1_ListTestsRequestInput, _snetd_infra_v1_TestListInput, _snetd_infra_v1_ListTestsRequest, _snetd_infra_v1_TestList>
}
