import { packageVersion } from '../../../../shared/package.js'
import type {
  GroupMessage,
  InviteMessage,
  ListCostsMessage,
  NewestLiveMessage,
  TextMessage,
  PeerMessage,
  ReliabilityMessage,
  TestMessage,
  TestPlanMessage,
} from '../../../../shared/wire/index.js'
import type { BertyDetails, InviteContent } from '../../contract/berty.js'
import type {
  GroupStatus,
  InfraControl,
  ListedMessage,
  NewestLive,
  PeerReading,
  PeerState,
  ReliabilityStatus,
  TestStatus,
} from '../../contract/control.js'
import { bytesOf } from '../../contract/keys.js'
import type { TestPlan } from '../../contract/records.js'

/** What the facade tells, in the words of snetd.infra.v1. */

export const toDetails = (details: BertyDetails): PeerMessage => ({
  account_pk: bytesOf(details.account),
  device_pk: bytesOf(details.device),
  peer_id: details.peerId,
  listeners: details.listeners,
  era: details.era,
  version: details.version,
  media: details.hasMedia,
})

const PEER_STATES = { absent: 'ABSENT', connected: 'CONNECTED', lost: 'LOST' } as const

const stateOf = (state: PeerState): PeerMessage => {
  const details = state.state === 'connected' ? state.details : state.last
  return {
    ...(details && toDetails(details)),
    state: PEER_STATES[state.state],
    endpoint: state.endpoint,
    ...(state.state !== 'connected' && { reason: state.reason }),
  }
}

export const toPeer = ({ peer, groups, tests, reliability }: InfraControl, connectedPeers?: number): PeerMessage => ({
  ...stateOf(peer.state),
  groups: groups.list().length,
  tests_running: tests.list({}).filter(({ isRunning }) => isRunning).length,
  ...(connectedPeers !== undefined && { connected_peers: String(connectedPeers) }),
  reliability: toReliability(reliability.view),
  daemon_version: packageVersion(),
  lists: toListCosts(peer.reading.lists),
  unread: String(peer.reading.unread),
  ...(groups.newestLive && { newest_live: toNewestLive(groups.newestLive) }),
  ledger_version: LEDGER_VERSION,
})

/** From version 1 on, a ledger tells when each message was first read, so that late is not lost. */
const LEDGER_VERSION = 1

const toListCosts = ({ count, events, ms }: PeerReading['lists']): ListCostsMessage => ({
  ...{ count: String(count), events: String(events), ms: String(Math.round(ms)) },
})

const toNewestLive = ({ device, sentAt }: NewestLive): NewestLiveMessage => ({
  device_pk: bytesOf(device),
  sent_at: String(sentAt),
})

export const toReliability = ({ timeoutSeconds, odds, seed, outages }: ReliabilityStatus): ReliabilityMessage => ({
  timeout_seconds: timeoutSeconds,
  odds,
  seed,
  outages: outages.map(({ startedAt, endedAt = 0 }) => ({ started_at: String(startedAt), ended_at: String(endedAt) })),
})

export const toGroup = (group: GroupStatus): GroupMessage => ({
  name: group.name,
  public_key: bytesOf(group.publicKey),
  ...(group.member && { member_pk: bytesOf(group.member) }),
  ...(group.device && { device_pk: bytesOf(group.device) }),
  receiving: group.isReceiving,
  active: group.isActive,
  made_here: group.isMadeHere,
  members: group.members.map((member) => ({
    member_pk: bytesOf(member.member),
    device_pk: bytesOf(member.device),
    is_self: member.isSelf,
    readable: member.isReadable,
    reads_us: member.readsUs,
  })),
  messages_received: String(group.messagesReceived),
  acknowledgements_received: String(group.acknowledgementsReceived),
})

export const toInvite = (group: GroupStatus, content: InviteContent, invite: Uint8Array): InviteMessage => ({
  group: toGroup(group),
  invite,
  internal_url: content.internalUrl,
  web_url: content.webUrl,
})

export const toMessage = (message: ListedMessage): TextMessage => ({
  cid: bytesOf(message.cid),
  device_pk: bytesOf(message.device),
  received_at: String(message.receivedAt),
  ...(message.sentDateMs !== undefined && { sent_date_ms: String(message.sentDateMs) }),
  live: message.isLive,
  body: message.body,
  size: message.size,
  ...(message.run !== undefined && { run_id: message.run }),
  ...(message.test !== undefined && { test: message.test }),
  ...(message.sequence !== undefined && { sequence: String(message.sequence) }),
})

const toPlan = (plan: TestPlan): TestPlanMessage => ({
  type: plan.type === 'text' ? 'TEXT' : 'MEDIA',
  size: String(plan.size),
  interval_us: String(Math.round(plan.intervalMs * 1000)),
  amount: String(plan.amount),
  ...(plan.rate !== undefined && { rate: plan.rate }),
  ...(plan.rampSeconds !== undefined && { ramp_seconds: plan.rampSeconds }),
  seed: plan.seed,
  media_as_text: plan.mediaAsText,
  while_away: plan.whileAway === 'fail' ? 'FAIL' : 'PAUSE',
  drain_us: String(Math.round(plan.drainMs * 1000)),
  ...(plan.drainMaxMs !== undefined && { drain_max_us: String(Math.round(plan.drainMaxMs * 1000)) }),
})

const TEST_STATES = {
  planned: 'PLANNED',
  preparing: 'PREPARING',
  running: 'RUNNING',
  waiting: 'WAITING',
  draining: 'DRAINING',
  done: 'DONE',
} as const
const TEST_ENDS = { completed: 'COMPLETED', stopped: 'STOPPED', failed: 'FAILED' } as const

export const toTest = (test: TestStatus): TestMessage => ({
  group: test.group,
  test: test.test,
  plan: toPlan(test.plan),
  state: TEST_STATES[test.state],
  ...(test.end && { end: TEST_ENDS[test.end] }),
  ...(test.run !== undefined && { run_id: test.run }),
  running: test.isRunning,
  sent: String(test.sent),
  send_errors: String(test.sendErrors),
  sent_unknown: String(test.sentUnknown),
  acknowledged: String(test.acknowledged),
  ...(test.startedAt !== undefined && { started_at: String(test.startedAt) }),
  ...(test.endedAt !== undefined && { ended_at: String(test.endedAt) }),
  ...reasonOf(test),
  sent_as_text: test.sentAsText ?? false,
  waits: (test.waits ?? []).map(({ since, until = 0, reason }) => ({
    ...{ since: String(since), until: String(until), reason },
  })),
})

function reasonOf({ state, reason, waits }: TestStatus): { reason?: string } {
  const told = state === 'waiting' ? waits?.at(-1)?.reason : reason
  return told === undefined ? {} : { reason: told }
}
