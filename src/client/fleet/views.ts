import { base32 } from 'multiformats/bases/base32'
import type {
  GroupMessage,
  InviteMessage,
  MemberMessage,
  TextMessage,
  PeerMessage,
  ReliabilityMessage,
  TestMessage,
} from '../../shared/wire/index.js'
import { inviteText } from './invites.js'

/** What commands print of the control daemon's messages: keys in hex, ids as Berty shows them, times in RFC 3339. */

const hex = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined || bytes.length === 0 ? null : Buffer.from(bytes).toString('hex')

/** Microseconds since 1970, 0 for never. */
export const time = (us: string | undefined): string | null =>
  us === undefined || us === '0' ? null : new Date(Number(us) / 1000).toISOString()

/** A CID of version 1 as text: `b`, then base32 without padding. */
export const cidText = (bytes: Uint8Array = new Uint8Array()): string => base32.encode(bytes)

export const peerView = (peer: PeerMessage) => ({
  state: (peer.state ?? 'ABSENT').toLowerCase(),
  berty: peer.endpoint ?? null,
  reason: peer.reason ?? null,
  account_pk: hex(peer.account_pk),
  device_pk: hex(peer.device_pk),
  peer_id: peer.peer_id ?? null,
  listeners: peer.listeners ?? [],
  era: peer.era ?? null,
  berty_version: peer.version ?? null,
  media: peer.media ?? false,
  connected_peers: peer.connected_peers === undefined ? null : Number(peer.connected_peers),
  groups: peer.groups ?? 0,
  tests_running: peer.tests_running ?? 0,
  reliability: reliabilityView(peer.reliability ?? {}),
  daemon_version: peer.daemon_version ?? null,
  lists: {
    count: Number(peer.lists?.count ?? 0),
    events: Number(peer.lists?.events ?? 0),
    ms: Number(peer.lists?.ms ?? 0),
  },
  unread: Number(peer.unread ?? 0),
})
export type PeerView = ReturnType<typeof peerView>

/** What a Berty that was probed says of itself, without what only a daemon beside it knows. */
export const probeView = (peer: PeerMessage) => {
  const { state, berty, account_pk, device_pk, peer_id, listeners, era, berty_version, media } = peerView(peer)
  return { state, berty, account_pk, device_pk, peer_id, listeners, era, berty_version, media }
}
export type ProbeView = ReturnType<typeof probeView>

export const reliabilityView = ({ timeout_seconds = 0, odds = 0, seed = '', outages = [] }: ReliabilityMessage) => ({
  timeout: timeout_seconds,
  odds,
  seed: seed === '' ? null : seed,
  outages: outages.map(({ started_at, ended_at }) => ({ started: time(started_at), ended: time(ended_at) })),
})

const memberView = ({ member_pk, device_pk, is_self, readable, reads_us }: MemberMessage) => ({
  member_pk: hex(member_pk),
  device_pk: hex(device_pk),
  is_self: is_self ?? false,
  readable: readable ?? false,
  reads_us: reads_us ?? false,
})

/** Without the invite: it holds the group's secret. */
export const groupView = (group: GroupMessage) => ({
  name: group.name ?? '',
  public_key: hex(group.public_key),
  member_pk: hex(group.member_pk),
  device_pk: hex(group.device_pk),
  active: group.active ?? false,
  receiving: group.receiving ?? false,
  members: (group.members ?? []).map(memberView),
  messages_received: Number(group.messages_received ?? 0),
  acknowledgements_received: Number(group.acknowledgements_received ?? 0),
})
export type GroupView = ReturnType<typeof groupView>

export const inviteView = ({ group = {}, invite, internal_url, web_url }: InviteMessage) => ({
  group: group.name ?? '',
  public_key: hex(group.public_key),
  invite: inviteText(invite),
  internal_url: internal_url ?? null,
  web_url: web_url ?? null,
})
export type InviteView = ReturnType<typeof inviteView>

export const messageView = (message: TextMessage) => ({
  cid: cidText(message.cid),
  device_pk: hex(message.device_pk),
  received: time(message.received_at),
  sent: message.sent_date_ms === undefined ? null : time(`${message.sent_date_ms}000`),
  live: message.live ?? false,
  size: message.size ?? 0,
  body: message.body ?? '',
  run: message.run_id ?? null,
  test: message.test ?? null,
  sequence: message.sequence === undefined ? null : Number(message.sequence),
})
export type MessageView = ReturnType<typeof messageView>

export const testView = (test: TestMessage) => ({
  group: test.group ?? '',
  name: test.test ?? '',
  state: (test.state ?? 'PLANNED').toLowerCase(),
  running: test.running ?? false,
  end: test.end === undefined || test.end === 'END_UNSPECIFIED' ? null : test.end.toLowerCase(),
  reason: test.reason ?? null,
  run: test.run_id ?? null,
  type: (test.plan?.type ?? 'TEXT').toLowerCase(),
  size: Number(test.plan?.size ?? 0),
  interval_ms: Number(test.plan?.interval_us ?? 0) / 1000,
  amount: Number(test.plan?.amount ?? 0),
  rate: test.plan?.rate ?? null,
  seed: test.plan?.seed ?? null,
  while_away: test.plan?.while_away === 'FAIL' ? 'fail' : 'pause',
  sent_as_text: test.sent_as_text ?? false,
  sent: Number(test.sent ?? 0),
  send_errors: Number(test.send_errors ?? 0),
  sent_unknown: Number(test.sent_unknown ?? 0),
  acknowledged: Number(test.acknowledged ?? 0),
  started: time(test.started_at),
  ended: time(test.ended_at),
  /** Since when it waits for its Berty, where it does; `reason` says what for. */
  waiting_since: test.state === 'WAITING' ? time(test.waits?.at(-1)?.since) : null,
  waits: (test.waits ?? []).map(({ since, until, reason }) => ({
    ...{ since: time(since), until: time(until), reason: reason ?? '' },
  })),
})
export type TestView = ReturnType<typeof testView>
