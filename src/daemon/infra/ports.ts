/**
 * What the control daemon needs from the world: a place to keep its state. The storage room implements it; everything
 * else that it touches (Berty, its own listener) belongs to this room.
 */
import type { Cid, PublicKey } from './keys.js'

/** A group that this daemon is a member of, or is about to be. */
export interface StoredGroup {
  readonly name: string
  readonly publicKey: PublicKey
  /** `ShareableBertyGroup.Reply` in protobuf: it holds the group's secret and stays out of logs. */
  readonly invite: Uint8Array
  /** Berty account that joined; a group of another account is forgotten. */
  readonly account: PublicKey
  /** False between joining and activating: a retry goes on from there. */
  readonly isActive: boolean
  /** Whether its messages are read, so that a restart goes on reading. */
  readonly isReceiving: boolean
  /** Our own keys in this group, once known. */
  readonly self?: { readonly member: PublicKey; readonly device: PublicKey }
}

export type TestType = 'text' | 'media'

export interface TestPlan {
  readonly type: TestType
  /** Characters of a text, bytes of a medium. */
  readonly size: number
  readonly intervalMs: number
  readonly amount: number
  /** Messages by second in the open model; undefined for the closed one. */
  readonly rate?: number
  readonly rampSeconds?: number
  readonly seed: string
  readonly mediaAsText: boolean
  readonly drainMs: number
}

export type TestState = 'planned' | 'preparing' | 'running' | 'draining' | 'done'
export type TestEnd = 'completed' | 'stopped' | 'failed'

/** A test with the newest of its executions. Times are microseconds since 1970. */
export interface StoredTest {
  readonly group: string
  /** The number 3 and the text "3" are one test. */
  readonly test: string
  readonly plan: TestPlan
  readonly state: TestState
  readonly end?: TestEnd
  readonly run?: string
  readonly reason?: string
  readonly sentAsText?: boolean
  readonly startedAt?: number
  readonly endedAt?: number
  /** What is waited for before the first send. */
  readonly start?: { readonly waitFor: readonly PublicKey[]; readonly waitMs: number; readonly at: number }
}

/** Whom our key in a group had been shared with from the epoch's begin on. */
export interface KeyEpoch {
  readonly epoch: number
  readonly members: readonly PublicKey[]
}

export type SendOutcome = 'sent' | 'error' | 'unknown'

export interface SentEntry {
  readonly group: string
  readonly test: string
  readonly sequence: number
  /** Absent where the outcome is not `sent`. */
  readonly cid?: Cid
  readonly sentAt: number
  readonly size: number
  readonly outcome: SendOutcome
  readonly epoch: number
  readonly tookUs: number
}

export interface ReceivedEntry {
  readonly group: string
  readonly cid: Cid
  readonly device: PublicKey
  /** Absent where the message is of no test, or too short to say. */
  readonly run?: string
  readonly test?: string
  readonly sequence?: number
  readonly receivedAt: number
  readonly size: number
  readonly isLive: boolean
  readonly isOutOfOrder: boolean
  /** Further times the same event came within one stream. */
  readonly repeats: number
}

export interface AckEntry {
  readonly group: string
  /** The message that is acknowledged. */
  readonly cid: Cid
  readonly device: PublicKey
  readonly receivedAt: number
  /** On one clock; undefined when the daemon was restarted in between. */
  readonly roundTripUs?: number
}

/** What survives a restart of the control daemon, by any signal. Errors of every call: `storage-failed`. */
export interface InfraStore extends AsyncDisposable {
  readGroups(): StoredGroup[]
  putGroup(group: StoredGroup): Promise<void>
  /** With everything that was received in it. */
  deleteGroup(name: string): Promise<void>

  readTests(): StoredTest[]
  putTest(test: StoredTest): Promise<void>
  /** Tests of older executions, by run. */
  readRuns(): {
    readonly run: string
    readonly startedAt: number
    readonly endedAt: number | undefined
    readonly tests: StoredTest[]
  }[]

  /** Durable before it resolves: whoever sends writes his intention first. */
  beginSend(run: string, entry: Omit<SentEntry, 'outcome' | 'cid' | 'tookUs'>): Promise<void>
  endSend(run: string, entry: SentEntry): Promise<void>
  /** Intentions without an outcome, as a killed daemon leaves them; each becomes `unknown`. Returns how many. */
  settleSends(run: string): Promise<number>
  readSent(run: string): AsyncIterable<SentEntry> | Iterable<SentEntry>
  putEpoch(run: string, of: { readonly group: string; readonly test: string }, epoch: KeyEpoch): Promise<void>
  readEpochs(run: string, of: { readonly group: string; readonly test: string }): KeyEpoch[]

  /** False when this event id is known in the group: by id, across streams and restarts. */
  isNew(group: string, id: Cid): boolean
  putReceived(entry: ReceivedEntry): Promise<void>
  /** Another time that a known event came within one stream. */
  addRepeat(group: string, cid: Cid): Promise<void>
  readReceived(filter: {
    readonly group: string
    readonly run?: string
    readonly newest?: number
  }): Iterable<ReceivedEntry>
  putAck(run: string, entry: AckEntry): Promise<void>
  readAcks(run: string): Iterable<AckEntry>

  /** Everything, gone. Returns how many runs there were. */
  clear(): Promise<number>
}
