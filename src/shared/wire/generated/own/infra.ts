import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AckEntryInput as _snetd_infra_v1_AckEntryInput, AckEntry as _snetd_infra_v1_AckEntry } from './snetd/infra/v1/AckEntry.js';
import type { AddReplicationReplyInput as _snetd_infra_v1_AddReplicationReplyInput, AddReplicationReply as _snetd_infra_v1_AddReplicationReply } from './snetd/infra/v1/AddReplicationReply.js';
import type { AddReplicationRequestInput as _snetd_infra_v1_AddReplicationRequestInput, AddReplicationRequest as _snetd_infra_v1_AddReplicationRequest } from './snetd/infra/v1/AddReplicationRequest.js';
import type { ClockInput as _snetd_infra_v1_ClockInput, Clock as _snetd_infra_v1_Clock } from './snetd/infra/v1/Clock.js';
import type { ConnectPeerRequestInput as _snetd_infra_v1_ConnectPeerRequestInput, ConnectPeerRequest as _snetd_infra_v1_ConnectPeerRequest } from './snetd/infra/v1/ConnectPeerRequest.js';
import type { CreateGroupRequestInput as _snetd_infra_v1_CreateGroupRequestInput, CreateGroupRequest as _snetd_infra_v1_CreateGroupRequest } from './snetd/infra/v1/CreateGroupRequest.js';
import type { GetClockRequestInput as _snetd_infra_v1_GetClockRequestInput, GetClockRequest as _snetd_infra_v1_GetClockRequest } from './snetd/infra/v1/GetClockRequest.js';
import type { GetInviteRequestInput as _snetd_infra_v1_GetInviteRequestInput, GetInviteRequest as _snetd_infra_v1_GetInviteRequest } from './snetd/infra/v1/GetInviteRequest.js';
import type { GetPeerRequestInput as _snetd_infra_v1_GetPeerRequestInput, GetPeerRequest as _snetd_infra_v1_GetPeerRequest } from './snetd/infra/v1/GetPeerRequest.js';
import type { GetRunRequestInput as _snetd_infra_v1_GetRunRequestInput, GetRunRequest as _snetd_infra_v1_GetRunRequest } from './snetd/infra/v1/GetRunRequest.js';
import type { GroupInput as _snetd_infra_v1_GroupInput, Group as _snetd_infra_v1_Group } from './snetd/infra/v1/Group.js';
import type { GroupListInput as _snetd_infra_v1_GroupListInput, GroupList as _snetd_infra_v1_GroupList } from './snetd/infra/v1/GroupList.js';
import type { GroupRequestInput as _snetd_infra_v1_GroupRequestInput, GroupRequest as _snetd_infra_v1_GroupRequest } from './snetd/infra/v1/GroupRequest.js';
import type { HostClockInput as _snetd_infra_v1_HostClockInput, HostClock as _snetd_infra_v1_HostClock } from './snetd/infra/v1/HostClock.js';
import type { InfraClient as _snetd_infra_v1_InfraClient, InfraDefinition as _snetd_infra_v1_InfraDefinition } from './snetd/infra/v1/Infra.js';
import type { InviteInput as _snetd_infra_v1_InviteInput, Invite as _snetd_infra_v1_Invite } from './snetd/infra/v1/Invite.js';
import type { JoinGroupRequestInput as _snetd_infra_v1_JoinGroupRequestInput, JoinGroupRequest as _snetd_infra_v1_JoinGroupRequest } from './snetd/infra/v1/JoinGroupRequest.js';
import type { KeepClocksRequestInput as _snetd_infra_v1_KeepClocksRequestInput, KeepClocksRequest as _snetd_infra_v1_KeepClocksRequest } from './snetd/infra/v1/KeepClocksRequest.js';
import type { KeyEpochInput as _snetd_infra_v1_KeyEpochInput, KeyEpoch as _snetd_infra_v1_KeyEpoch } from './snetd/infra/v1/KeyEpoch.js';
import type { LedgerPageInput as _snetd_infra_v1_LedgerPageInput, LedgerPage as _snetd_infra_v1_LedgerPage } from './snetd/infra/v1/LedgerPage.js';
import type { ListCostsInput as _snetd_infra_v1_ListCostsInput, ListCosts as _snetd_infra_v1_ListCosts } from './snetd/infra/v1/ListCosts.js';
import type { ListGroupsRequestInput as _snetd_infra_v1_ListGroupsRequestInput, ListGroupsRequest as _snetd_infra_v1_ListGroupsRequest } from './snetd/infra/v1/ListGroupsRequest.js';
import type { ListMessagesRequestInput as _snetd_infra_v1_ListMessagesRequestInput, ListMessagesRequest as _snetd_infra_v1_ListMessagesRequest } from './snetd/infra/v1/ListMessagesRequest.js';
import type { ListRunsRequestInput as _snetd_infra_v1_ListRunsRequestInput, ListRunsRequest as _snetd_infra_v1_ListRunsRequest } from './snetd/infra/v1/ListRunsRequest.js';
import type { ListTestsRequestInput as _snetd_infra_v1_ListTestsRequestInput, ListTestsRequest as _snetd_infra_v1_ListTestsRequest } from './snetd/infra/v1/ListTestsRequest.js';
import type { MemberInput as _snetd_infra_v1_MemberInput, Member as _snetd_infra_v1_Member } from './snetd/infra/v1/Member.js';
import type { MessageInput as _snetd_infra_v1_MessageInput, Message as _snetd_infra_v1_Message } from './snetd/infra/v1/Message.js';
import type { NewTestRequestInput as _snetd_infra_v1_NewTestRequestInput, NewTestRequest as _snetd_infra_v1_NewTestRequest } from './snetd/infra/v1/NewTestRequest.js';
import type { NewestLiveInput as _snetd_infra_v1_NewestLiveInput, NewestLive as _snetd_infra_v1_NewestLive } from './snetd/infra/v1/NewestLive.js';
import type { OutageInput as _snetd_infra_v1_OutageInput, Outage as _snetd_infra_v1_Outage } from './snetd/infra/v1/Outage.js';
import type { PeerInput as _snetd_infra_v1_PeerInput, Peer as _snetd_infra_v1_Peer } from './snetd/infra/v1/Peer.js';
import type { ProbePeerRequestInput as _snetd_infra_v1_ProbePeerRequestInput, ProbePeerRequest as _snetd_infra_v1_ProbePeerRequest } from './snetd/infra/v1/ProbePeerRequest.js';
import type { ReadLedgerRequestInput as _snetd_infra_v1_ReadLedgerRequestInput, ReadLedgerRequest as _snetd_infra_v1_ReadLedgerRequest } from './snetd/infra/v1/ReadLedgerRequest.js';
import type { ReceivedEntryInput as _snetd_infra_v1_ReceivedEntryInput, ReceivedEntry as _snetd_infra_v1_ReceivedEntry } from './snetd/infra/v1/ReceivedEntry.js';
import type { ReliabilityInput as _snetd_infra_v1_ReliabilityInput, Reliability as _snetd_infra_v1_Reliability } from './snetd/infra/v1/Reliability.js';
import type { ResetReplyInput as _snetd_infra_v1_ResetReplyInput, ResetReply as _snetd_infra_v1_ResetReply } from './snetd/infra/v1/ResetReply.js';
import type { ResetRequestInput as _snetd_infra_v1_ResetRequestInput, ResetRequest as _snetd_infra_v1_ResetRequest } from './snetd/infra/v1/ResetRequest.js';
import type { RunClocksInput as _snetd_infra_v1_RunClocksInput, RunClocks as _snetd_infra_v1_RunClocks } from './snetd/infra/v1/RunClocks.js';
import type { RunListInput as _snetd_infra_v1_RunListInput, RunList as _snetd_infra_v1_RunList } from './snetd/infra/v1/RunList.js';
import type { RunPartInput as _snetd_infra_v1_RunPartInput, RunPart as _snetd_infra_v1_RunPart } from './snetd/infra/v1/RunPart.js';
import type { RunSummaryInput as _snetd_infra_v1_RunSummaryInput, RunSummary as _snetd_infra_v1_RunSummary } from './snetd/infra/v1/RunSummary.js';
import type { SentEntryInput as _snetd_infra_v1_SentEntryInput, SentEntry as _snetd_infra_v1_SentEntry } from './snetd/infra/v1/SentEntry.js';
import type { StartTestRequestInput as _snetd_infra_v1_StartTestRequestInput, StartTestRequest as _snetd_infra_v1_StartTestRequest } from './snetd/infra/v1/StartTestRequest.js';
import type { StopTestRequestInput as _snetd_infra_v1_StopTestRequestInput, StopTestRequest as _snetd_infra_v1_StopTestRequest } from './snetd/infra/v1/StopTestRequest.js';
import type { TestInput as _snetd_infra_v1_TestInput, Test as _snetd_infra_v1_Test } from './snetd/infra/v1/Test.js';
import type { TestListInput as _snetd_infra_v1_TestListInput, TestList as _snetd_infra_v1_TestList } from './snetd/infra/v1/TestList.js';
import type { TestPartInput as _snetd_infra_v1_TestPartInput, TestPart as _snetd_infra_v1_TestPart } from './snetd/infra/v1/TestPart.js';
import type { TestPlanInput as _snetd_infra_v1_TestPlanInput, TestPlan as _snetd_infra_v1_TestPlan } from './snetd/infra/v1/TestPlan.js';
import type { UploadLogsReplyInput as _snetd_infra_v1_UploadLogsReplyInput, UploadLogsReply as _snetd_infra_v1_UploadLogsReply } from './snetd/infra/v1/UploadLogsReply.js';
import type { UploadLogsRequestInput as _snetd_infra_v1_UploadLogsRequestInput, UploadLogsRequest as _snetd_infra_v1_UploadLogsRequest } from './snetd/infra/v1/UploadLogsRequest.js';
import type { WaitInput as _snetd_infra_v1_WaitInput, Wait as _snetd_infra_v1_Wait } from './snetd/infra/v1/Wait.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  snetd: {
    infra: {
      v1: {
        AckEntry: MessageTypeDefinition<_snetd_infra_v1_AckEntryInput, _snetd_infra_v1_AckEntry>
        AddReplicationReply: MessageTypeDefinition<_snetd_infra_v1_AddReplicationReplyInput, _snetd_infra_v1_AddReplicationReply>
        AddReplicationRequest: MessageTypeDefinition<_snetd_infra_v1_AddReplicationRequestInput, _snetd_infra_v1_AddReplicationRequest>
        Clock: MessageTypeDefinition<_snetd_infra_v1_ClockInput, _snetd_infra_v1_Clock>
        ConnectPeerRequest: MessageTypeDefinition<_snetd_infra_v1_ConnectPeerRequestInput, _snetd_infra_v1_ConnectPeerRequest>
        CreateGroupRequest: MessageTypeDefinition<_snetd_infra_v1_CreateGroupRequestInput, _snetd_infra_v1_CreateGroupRequest>
        GetClockRequest: MessageTypeDefinition<_snetd_infra_v1_GetClockRequestInput, _snetd_infra_v1_GetClockRequest>
        GetInviteRequest: MessageTypeDefinition<_snetd_infra_v1_GetInviteRequestInput, _snetd_infra_v1_GetInviteRequest>
        GetPeerRequest: MessageTypeDefinition<_snetd_infra_v1_GetPeerRequestInput, _snetd_infra_v1_GetPeerRequest>
        GetRunRequest: MessageTypeDefinition<_snetd_infra_v1_GetRunRequestInput, _snetd_infra_v1_GetRunRequest>
        Group: MessageTypeDefinition<_snetd_infra_v1_GroupInput, _snetd_infra_v1_Group>
        GroupList: MessageTypeDefinition<_snetd_infra_v1_GroupListInput, _snetd_infra_v1_GroupList>
        GroupRequest: MessageTypeDefinition<_snetd_infra_v1_GroupRequestInput, _snetd_infra_v1_GroupRequest>
        HostClock: MessageTypeDefinition<_snetd_infra_v1_HostClockInput, _snetd_infra_v1_HostClock>
        Infra: SubtypeConstructor<typeof grpc.Client, _snetd_infra_v1_InfraClient> & { service: _snetd_infra_v1_InfraDefinition }
        Invite: MessageTypeDefinition<_snetd_infra_v1_InviteInput, _snetd_infra_v1_Invite>
        InviteFormat: EnumTypeDefinition
        JoinGroupRequest: MessageTypeDefinition<_snetd_infra_v1_JoinGroupRequestInput, _snetd_infra_v1_JoinGroupRequest>
        KeepClocksRequest: MessageTypeDefinition<_snetd_infra_v1_KeepClocksRequestInput, _snetd_infra_v1_KeepClocksRequest>
        KeyEpoch: MessageTypeDefinition<_snetd_infra_v1_KeyEpochInput, _snetd_infra_v1_KeyEpoch>
        LedgerPage: MessageTypeDefinition<_snetd_infra_v1_LedgerPageInput, _snetd_infra_v1_LedgerPage>
        ListCosts: MessageTypeDefinition<_snetd_infra_v1_ListCostsInput, _snetd_infra_v1_ListCosts>
        ListGroupsRequest: MessageTypeDefinition<_snetd_infra_v1_ListGroupsRequestInput, _snetd_infra_v1_ListGroupsRequest>
        ListMessagesRequest: MessageTypeDefinition<_snetd_infra_v1_ListMessagesRequestInput, _snetd_infra_v1_ListMessagesRequest>
        ListRunsRequest: MessageTypeDefinition<_snetd_infra_v1_ListRunsRequestInput, _snetd_infra_v1_ListRunsRequest>
        ListTestsRequest: MessageTypeDefinition<_snetd_infra_v1_ListTestsRequestInput, _snetd_infra_v1_ListTestsRequest>
        Member: MessageTypeDefinition<_snetd_infra_v1_MemberInput, _snetd_infra_v1_Member>
        Message: MessageTypeDefinition<_snetd_infra_v1_MessageInput, _snetd_infra_v1_Message>
        NewTestRequest: MessageTypeDefinition<_snetd_infra_v1_NewTestRequestInput, _snetd_infra_v1_NewTestRequest>
        NewestLive: MessageTypeDefinition<_snetd_infra_v1_NewestLiveInput, _snetd_infra_v1_NewestLive>
        Outage: MessageTypeDefinition<_snetd_infra_v1_OutageInput, _snetd_infra_v1_Outage>
        Peer: MessageTypeDefinition<_snetd_infra_v1_PeerInput, _snetd_infra_v1_Peer>
        ProbePeerRequest: MessageTypeDefinition<_snetd_infra_v1_ProbePeerRequestInput, _snetd_infra_v1_ProbePeerRequest>
        ReadLedgerRequest: MessageTypeDefinition<_snetd_infra_v1_ReadLedgerRequestInput, _snetd_infra_v1_ReadLedgerRequest>
        ReceivedEntry: MessageTypeDefinition<_snetd_infra_v1_ReceivedEntryInput, _snetd_infra_v1_ReceivedEntry>
        Reliability: MessageTypeDefinition<_snetd_infra_v1_ReliabilityInput, _snetd_infra_v1_Reliability>
        ResetReply: MessageTypeDefinition<_snetd_infra_v1_ResetReplyInput, _snetd_infra_v1_ResetReply>
        ResetRequest: MessageTypeDefinition<_snetd_infra_v1_ResetRequestInput, _snetd_infra_v1_ResetRequest>
        RunClocks: MessageTypeDefinition<_snetd_infra_v1_RunClocksInput, _snetd_infra_v1_RunClocks>
        RunList: MessageTypeDefinition<_snetd_infra_v1_RunListInput, _snetd_infra_v1_RunList>
        RunPart: MessageTypeDefinition<_snetd_infra_v1_RunPartInput, _snetd_infra_v1_RunPart>
        RunSummary: MessageTypeDefinition<_snetd_infra_v1_RunSummaryInput, _snetd_infra_v1_RunSummary>
        SentEntry: MessageTypeDefinition<_snetd_infra_v1_SentEntryInput, _snetd_infra_v1_SentEntry>
        StartTestRequest: MessageTypeDefinition<_snetd_infra_v1_StartTestRequestInput, _snetd_infra_v1_StartTestRequest>
        StopTestRequest: MessageTypeDefinition<_snetd_infra_v1_StopTestRequestInput, _snetd_infra_v1_StopTestRequest>
        Test: MessageTypeDefinition<_snetd_infra_v1_TestInput, _snetd_infra_v1_Test>
        TestList: MessageTypeDefinition<_snetd_infra_v1_TestListInput, _snetd_infra_v1_TestList>
        TestPart: MessageTypeDefinition<_snetd_infra_v1_TestPartInput, _snetd_infra_v1_TestPart>
        TestPlan: MessageTypeDefinition<_snetd_infra_v1_TestPlanInput, _snetd_infra_v1_TestPlan>
        UploadLogsReply: MessageTypeDefinition<_snetd_infra_v1_UploadLogsReplyInput, _snetd_infra_v1_UploadLogsReply>
        UploadLogsRequest: MessageTypeDefinition<_snetd_infra_v1_UploadLogsRequestInput, _snetd_infra_v1_UploadLogsRequest>
        Wait: MessageTypeDefinition<_snetd_infra_v1_WaitInput, _snetd_infra_v1_Wait>
      }
    }
  }
}

