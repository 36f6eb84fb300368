import type { ProtoGrpcType } from './generated/own/infra.js'
import type { InviteFormat as Format } from './generated/own/snetd/infra/v1/InviteFormat.js'
import type { InfraDefinition, InfraHandlers } from './generated/own/snetd/infra/v1/Infra.js'
import type { MessageOf, MethodsOf } from './message.js'

/**
 * Messages of snetd.infra.v1 as they are decoded and taken for encoding: fields without a value are absent, 64-bit
 * numbers are decimal text. What each means stands in proto/snetd/infra/v1/infra.proto.
 */
type Infra = ProtoGrpcType['snetd']['infra']['v1']

/** Request and reply of each method that is answered once. */
export type InfraCalls = MethodsOf<InfraDefinition, InfraHandlers, 'once'>
/** Request and update of each method that goes on. */
export type InfraStreams = MethodsOf<InfraDefinition, InfraHandlers, 'on and on'>

export type InviteFormat = Format
export type GetPeerRequestMessage = MessageOf<Infra['GetPeerRequest']>
export type PeerMessage = MessageOf<Infra['Peer']>
export type ListCostsMessage = MessageOf<Infra['ListCosts']>
export type NewestLiveMessage = MessageOf<Infra['NewestLive']>
export type ConnectPeerRequestMessage = MessageOf<Infra['ConnectPeerRequest']>
export type ProbePeerRequestMessage = MessageOf<Infra['ProbePeerRequest']>
export type ReliabilityMessage = MessageOf<Infra['Reliability']>
export type OutageMessage = MessageOf<Infra['Outage']>
export type AddReplicationRequestMessage = MessageOf<Infra['AddReplicationRequest']>
export type AddReplicationReplyMessage = MessageOf<Infra['AddReplicationReply']>
export type UploadLogsRequestMessage = MessageOf<Infra['UploadLogsRequest']>
export type UploadLogsReplyMessage = MessageOf<Infra['UploadLogsReply']>
export type GetClockRequestMessage = MessageOf<Infra['GetClockRequest']>
export type ClockMessage = MessageOf<Infra['Clock']>
export type ResetRequestMessage = MessageOf<Infra['ResetRequest']>
export type ResetReplyMessage = MessageOf<Infra['ResetReply']>
export type CreateGroupRequestMessage = MessageOf<Infra['CreateGroupRequest']>
export type GetInviteRequestMessage = MessageOf<Infra['GetInviteRequest']>
export type InviteMessage = MessageOf<Infra['Invite']>
export type JoinGroupRequestMessage = MessageOf<Infra['JoinGroupRequest']>
export type GroupRequestMessage = MessageOf<Infra['GroupRequest']>
export type ListGroupsRequestMessage = MessageOf<Infra['ListGroupsRequest']>
export type GroupListMessage = MessageOf<Infra['GroupList']>
export type GroupMessage = MessageOf<Infra['Group']>
export type MemberMessage = MessageOf<Infra['Member']>
export type ListMessagesRequestMessage = MessageOf<Infra['ListMessagesRequest']>
export type TextMessage = MessageOf<Infra['Message']>
export type TestPlanMessage = MessageOf<Infra['TestPlan']>
export type NewTestRequestMessage = MessageOf<Infra['NewTestRequest']>
export type StartTestRequestMessage = MessageOf<Infra['StartTestRequest']>
export type StopTestRequestMessage = MessageOf<Infra['StopTestRequest']>
export type ListTestsRequestMessage = MessageOf<Infra['ListTestsRequest']>
export type TestListMessage = MessageOf<Infra['TestList']>
export type TestMessage = MessageOf<Infra['Test']>
export type ListRunsRequestMessage = MessageOf<Infra['ListRunsRequest']>
export type RunListMessage = MessageOf<Infra['RunList']>
export type RunSummaryMessage = MessageOf<Infra['RunSummary']>
export type GetRunRequestMessage = MessageOf<Infra['GetRunRequest']>
export type RunPartMessage = MessageOf<Infra['RunPart']>
export type KeepClocksRequestMessage = MessageOf<Infra['KeepClocksRequest']>
export type HostClockMessage = MessageOf<Infra['HostClock']>
export type TestPartMessage = MessageOf<Infra['TestPart']>
export type KeyEpochMessage = MessageOf<Infra['KeyEpoch']>
export type ReadLedgerRequestMessage = MessageOf<Infra['ReadLedgerRequest']>
export type LedgerPageMessage = MessageOf<Infra['LedgerPage']>
export type SentEntryMessage = MessageOf<Infra['SentEntry']>
export type ReceivedEntryMessage = MessageOf<Infra['ReceivedEntry']>
export type AckEntryMessage = MessageOf<Infra['AckEntry']>
