/**
 * Messages of snetd.infra.v1 as they are decoded and taken for encoding: fields without a value are absent, 64-bit
 * numbers are decimal text. What each means stands in proto/snetd/infra/v1/infra.proto.
 */

export type GetPeerRequestMessage = Readonly<Record<string, never>>

export interface PeerMessage {
  readonly state?: 'STATE_UNSPECIFIED' | 'ABSENT' | 'CONNECTED' | 'LOST'
  readonly endpoint?: string
  readonly account_pk?: Uint8Array
  readonly device_pk?: Uint8Array
  readonly peer_id?: string
  readonly listeners?: readonly string[]
  readonly era?: string
  readonly version?: string
  readonly reason?: string
  readonly groups?: number
  readonly tests_running?: number
  readonly connected_peers?: string
  readonly reliability?: ReliabilityMessage
  readonly daemon_version?: string
  readonly media?: boolean
}

export interface ConnectPeerRequestMessage {
  readonly host?: string
  readonly port?: string
}

export interface ProbePeerRequestMessage {
  readonly host?: string
  readonly port?: string
  readonly tries?: number
}

export interface ReliabilityMessage {
  readonly timeout_seconds?: number
  readonly odds?: number
  readonly seed?: string
  readonly outages?: readonly OutageMessage[]
}

export interface OutageMessage {
  readonly started_at?: string
  readonly ended_at?: string
}

export interface AddReplicationRequestMessage {
  readonly group?: string
  readonly token_server?: string
}

export interface AddReplicationReplyMessage {
  readonly token_id?: string
}

export interface UploadLogsRequestMessage {
  readonly folder?: string
  readonly name?: string
}

export interface UploadLogsReplyMessage {
  readonly count?: string
  readonly links?: readonly string[]
}

export type GetClockRequestMessage = Readonly<Record<string, never>>

export interface ClockMessage {
  readonly received_at?: string
  readonly answered_at?: string
}

export interface ResetRequestMessage {
  readonly leave_groups?: boolean
}

export interface ResetReplyMessage {
  readonly tests_stopped?: number
  readonly groups_forgotten?: number
  readonly runs_deleted?: number
}

export type InviteFormat = 'INVITE_FORMAT_UNSPECIFIED' | 'PROTO' | 'GOB' | 'URL'

export interface CreateGroupRequestMessage {
  readonly name?: string
  readonly reuse?: boolean
  readonly format?: InviteFormat
}

export interface GetInviteRequestMessage {
  readonly name?: string
  readonly format?: InviteFormat
}

export interface InviteMessage {
  readonly group?: GroupMessage
  readonly invite?: Uint8Array
  readonly internal_url?: string
  readonly web_url?: string
}

export interface JoinGroupRequestMessage {
  readonly name?: string
  readonly invite?: Uint8Array
}

export interface GroupRequestMessage {
  readonly name?: string
}

export type ListGroupsRequestMessage = Readonly<Record<string, never>>

export interface GroupListMessage {
  readonly groups?: readonly GroupMessage[]
}

export interface GroupMessage {
  readonly name?: string
  readonly public_key?: Uint8Array
  readonly member_pk?: Uint8Array
  readonly device_pk?: Uint8Array
  readonly receiving?: boolean
  readonly active?: boolean
  readonly members?: readonly MemberMessage[]
  readonly messages_received?: string
  readonly acknowledgements_received?: string
}

export interface MemberMessage {
  readonly member_pk?: Uint8Array
  readonly device_pk?: Uint8Array
  readonly is_self?: boolean
  readonly readable?: boolean
  readonly reads_us?: boolean
}

export interface ListMessagesRequestMessage {
  readonly group?: string
  readonly limit?: string
  readonly follow?: boolean
}

export interface MessageMessage {
  readonly cid?: Uint8Array
  readonly device_pk?: Uint8Array
  readonly received_at?: string
  readonly sent_date_ms?: string
  readonly live?: boolean
  readonly body?: string
  readonly size?: number
  readonly run_id?: string
  readonly test?: string
  readonly sequence?: string
}

export interface TestPlanMessage {
  readonly type?: 'TYPE_UNSPECIFIED' | 'TEXT' | 'MEDIA'
  readonly size?: string
  readonly interval_us?: string
  readonly amount?: string
  readonly rate?: number
  readonly ramp_seconds?: number
  readonly seed?: string
  readonly media_as_text?: boolean
  readonly drain_us?: string
}

export interface NewTestRequestMessage {
  readonly group?: string
  readonly test?: string
  readonly plan?: TestPlanMessage
}

export interface StartTestRequestMessage {
  readonly group?: string
  readonly test?: string
  readonly run_id?: string
  readonly wait_for_devices?: readonly Uint8Array[]
  readonly wait_us?: string
  readonly start_at?: string
}

export interface StopTestRequestMessage {
  readonly group?: string
  readonly test?: string
}

export interface ListTestsRequestMessage {
  readonly group?: string
  readonly test?: string
}

export interface TestListMessage {
  readonly tests?: readonly TestMessage[]
}

export interface TestMessage {
  readonly group?: string
  readonly test?: string
  readonly plan?: TestPlanMessage
  readonly state?: 'STATE_UNSPECIFIED' | 'PLANNED' | 'PREPARING' | 'RUNNING' | 'DRAINING' | 'DONE'
  readonly end?: 'END_UNSPECIFIED' | 'COMPLETED' | 'STOPPED' | 'FAILED'
  readonly run_id?: string
  readonly running?: boolean
  readonly sent?: string
  readonly send_errors?: string
  readonly sent_unknown?: string
  readonly acknowledged?: string
  readonly started_at?: string
  readonly ended_at?: string
  readonly reason?: string
  readonly sent_as_text?: boolean
}

export interface ListRunsRequestMessage {
  readonly with_tests?: boolean
  readonly limit?: number
}

export interface RunListMessage {
  readonly runs?: readonly RunSummaryMessage[]
}

export interface RunSummaryMessage {
  readonly run_id?: string
  readonly started_at?: string
  readonly ended_at?: string
  readonly tests?: readonly TestMessage[]
}

export interface GetRunRequestMessage {
  readonly run_id?: string
}

export interface RunPartMessage {
  readonly run_id?: string
  readonly started_at?: string
  readonly ended_at?: string
  readonly peer?: PeerMessage
  readonly groups?: readonly GroupMessage[]
  readonly tests?: readonly TestPartMessage[]
}

export interface TestPartMessage {
  readonly test?: TestMessage
  readonly member_pk?: Uint8Array
  readonly device_pk?: Uint8Array
  readonly epochs?: readonly KeyEpochMessage[]
}

export interface KeyEpochMessage {
  readonly epoch?: number
  readonly member_pks?: readonly Uint8Array[]
}

export interface ReadLedgerRequestMessage {
  readonly run_id?: string
}

export interface LedgerPageMessage {
  readonly sent?: readonly SentEntryMessage[]
  readonly received?: readonly ReceivedEntryMessage[]
  readonly acks?: readonly AckEntryMessage[]
}

export interface SentEntryMessage {
  readonly group?: string
  readonly test?: string
  readonly sequence?: string
  readonly cid?: Uint8Array
  readonly sent_at?: string
  readonly size?: number
  readonly outcome?: 'OUTCOME_UNSPECIFIED' | 'SENT' | 'ERROR' | 'UNKNOWN'
  readonly epoch?: number
  readonly took_us?: string
}

export interface ReceivedEntryMessage {
  readonly group?: string
  readonly cid?: Uint8Array
  readonly device_pk?: Uint8Array
  readonly test?: string
  readonly sequence?: string
  readonly received_at?: string
  readonly size?: number
  readonly live?: boolean
  readonly out_of_order?: boolean
  readonly repeats?: number
}

export interface AckEntryMessage {
  readonly group?: string
  readonly cid?: Uint8Array
  readonly device_pk?: Uint8Array
  readonly received_at?: string
  readonly round_trip_us?: string
}
