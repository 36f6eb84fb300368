/**
 * What can be asked of the control daemon, without any wire: both the older services and our own are thin readers of
 * requests in front of this. Errors are SnetErrors; those that older controllers match keep their text (berty 1.4).
 */
import type { Berty, BertyDetails, InviteContent } from './berty.js'
import type { AckEntry, HostClock, KeyEpoch, ReceivedEntry, SentEntry, StoredTest, TestPlan } from './records.js'
import type { PublicKey } from './keys.js'

export type PeerState =
  | {
      readonly state: 'absent' | 'lost'
      readonly endpoint: string
      readonly reason: string
      readonly last?: BertyDetails
    }
  | { readonly state: 'connected'; readonly endpoint: string; readonly details: BertyDetails }

/** What reading costs, and how much of it is left to do. */
export interface PeerReading {
  /** Whole lists that were read since the daemon has started. */
  readonly lists: { readonly count: number; readonly events: number; readonly ms: number }
  /** Events that Berty has given and that are not handled yet. */
  readonly unread: number
}

/** The Berty that this daemon stands beside: at most one, and not always there. */
export interface PeerLink extends AsyncDisposable {
  readonly state: PeerState
  readonly reading: PeerReading
  /** Told after every change; returns how to stop being told. */
  onChange(listener: (state: PeerState) => void): () => void
  /**
   * Connect, probe, then swap; nothing happens when it is the same Berty already. Errors: `unavailable` (the daemon goes
   * on with the old one), `forbidden` for an address that infra_peer_allow does not name.
   */
  connect(address: { host: string; port: string }, signal?: AbortSignal): Promise<PeerState>
  /** Asks over a connection of its own, `tries` times at most. Error: `unavailable` with the last reason. */
  probe(
    address: { host: string; port: string },
    options: { tries: number; signal?: AbortSignal },
  ): Promise<BertyDetails>
  /** The connected Berty. Error: `wrong-state` "not connected to a Berty yet…" when there is none. */
  current(): Berty
}

export interface MemberStatus {
  readonly member: PublicKey
  readonly device: PublicKey
  readonly isSelf: boolean
  /** Its device shared its key with us. */
  readonly isReadable: boolean
  /** Our device shared its key with it. */
  readonly readsUs: boolean
}

export interface GroupStatus {
  readonly name: string
  readonly publicKey: PublicKey
  readonly member?: PublicKey
  readonly device?: PublicKey
  readonly isActive: boolean
  /** Whether this daemon created the group instead of joining it. */
  readonly isMadeHere: boolean
  readonly isReceiving: boolean
  readonly members: readonly MemberStatus[]
  readonly messagesReceived: number
  readonly acknowledgementsReceived: number
}

/** When a message was sent, by the clock of its sender. */
export interface NewestLive {
  readonly device: PublicKey
  readonly sentAt: number
}

/** A message as `group messages` shows it. */
export interface ListedMessage extends Omit<ReceivedEntry, 'isOutOfOrder' | 'repeats' | 'counter'> {
  readonly body: string
  readonly sentDateMs: number | undefined
}

export interface Groups {
  /** Error: `already-exists` "peer already in group" unless `reuse`, which answers with the group's own invite. */
  create(
    name: string,
    options: { reuse: boolean; signal?: AbortSignal },
  ): Promise<{ group: GroupStatus; invite: InviteContent }>
  /** Errors: `already-exists` "peer already in group"; `invalid-request` for an invite that is none. */
  join(name: string, invite: Uint8Array, signal?: AbortSignal): Promise<GroupStatus>
  invite(name: string): InviteContent
  leave(name: string, signal?: AbortSignal): Promise<GroupStatus>
  list(): GroupStatus[]
  /** Error: `wrong-state` "peer not in group". */
  get(name: string): GroupStatus
  /** Idempotent. Error: `wrong-state` "peer not in group". */
  startReceiving(name: string): Promise<GroupStatus>
  /** Idempotent. Error: `wrong-state` "peer not in group". */
  stopReceiving(name: string): Promise<GroupStatus>
  messages(name: string, options: { limit: number; follow: boolean; signal: AbortSignal }): AsyncIterable<ListedMessage>
  onChange(listener: () => void): () => void
  /** The newest message that was read live; undefined while none has come. */
  readonly newestLive: NewestLive | undefined
  addReplication(name: string, tokenServer: string, signal?: AbortSignal): Promise<string>
}

export interface TestStatus extends StoredTest {
  readonly isRunning: boolean
  readonly sent: number
  readonly sendErrors: number
  readonly sentUnknown: number
  readonly acknowledged: number
}

export interface StartOptions {
  /** Made up when absent. */
  readonly run?: string
  /** In place of the plan's amount, as StartTest.duration of the first generations. */
  readonly amount?: number
  readonly waitFor?: readonly PublicKey[]
  /** The names that the controller uses for these devices, in their order, and for this host. */
  readonly names?: readonly string[]
  readonly self?: string
  readonly waitMs?: number
  /** Microseconds since 1970. */
  readonly at?: number
}

export interface RunPartStatus {
  readonly run: string
  readonly startedAt: number
  readonly endedAt: number | undefined
  readonly groups: readonly GroupStatus[]
  readonly tests: readonly {
    readonly test: TestStatus
    readonly member?: PublicKey
    readonly device?: PublicKey
    readonly epochs: readonly KeyEpoch[]
  }[]
  readonly clocks: readonly HostClock[]
}

export interface Tests {
  /** Errors: `wrong-state` "peer not in group", `already-exists` "test already in progress", `invalid-request`. */
  define(group: string, test: string, plan: TestPlan): Promise<TestStatus>
  /**
   * Errors: `wrong-state` "peer not in group", `not-found` "test does not exist", `already-exists` "test already in
   * progress".
   */
  start(group: string, test: string, options: StartOptions): Promise<TestStatus>
  /** Both absent: every test. Stopping what does not run is no error. */
  stop(which: { group?: string; test?: string }): Promise<TestStatus[]>
  list(which: { group?: string; test?: string }): TestStatus[]
  onChange(listener: () => void): () => void
  /** Newest first. `withTests`: only runs in which this daemon sends, since any member of a group can name a run. */
  runs(options: {
    limit: number
    withTests: boolean
  }): { run: string; startedAt: number; endedAt: number | undefined; tests: TestStatus[] }[]
  /** Error: `not-found`. */
  part(run: string | undefined): RunPartStatus
  /**
   * Keeps the first clock of each host. Errors: `not-found`; `wrong-state` while the run goes on or if nothing of it is
   * sent here.
   */
  keepClocks(run: string, clocks: readonly HostClock[]): Promise<HostClock[]>
  ledger(run: string): AsyncIterable<{ sent: SentEntry[]; received: ReceivedEntry[]; acks: AckEntry[] }>
}

export interface Reliability {
  /** Both 0: off. Errors: `invalid-request`; `wrong-state` while there is no means of cutting. */
  set(pair: { timeoutSeconds: number; odds: number; seed?: string }): ReliabilityStatus
  readonly view: ReliabilityStatus
}

export interface ReliabilityStatus {
  readonly timeoutSeconds: number
  readonly odds: number
  readonly seed: string
  readonly outages: readonly { readonly startedAt: number; readonly endedAt: number | undefined }[]
}

export interface InfraControl {
  readonly peer: PeerLink
  readonly groups: Groups
  readonly tests: Tests
  readonly reliability: Reliability
  uploadLogs(
    target: { folder: string; name: string },
    signal?: AbortSignal,
  ): Promise<{ count: number; links: string[] }>
  /** Stops tests, forgets everything; leaves the groups in Berty too when asked. */
  reset(options: {
    leaveGroups: boolean
  }): Promise<{ testsStopped: number; groupsForgotten: number; runsDeleted: number }>
}
