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
  /** 0: each start says how many. */
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
  /** The plan's own amount, where the start asked for another one. */
  readonly definedAmount?: number
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
  /** Berty's own, of that device in the group; absent in what versions before have written. */
  readonly counter?: bigint
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

/** A message as it is kept: the text too, unless it was a test's. Positions in a group only grow. */
export interface StoredMessage extends ReceivedEntry {
  readonly position: number
  readonly body: string
  readonly sentDateMs: number | undefined
}

/** Names a test. */
export interface TestName {
  readonly group: string
  readonly test: string
}

/** What one execution of a test came to. */
export interface SendCounts {
  readonly sent: number
  readonly errors: number
  readonly unknown: number
  /** By a member each: a message that two members acknowledged counts twice. */
  readonly acknowledged: number
}

/** A run as this daemon took part in it: by sending, by receiving, or both. */
export interface StoredRun {
  readonly run: string
  /** Of a run that was only received: when its first and its newest message came. */
  readonly startedAt: number
  /** Undefined while a test of it runs. */
  readonly endedAt: number | undefined
  readonly tests: readonly StoredTest[]
  /** Groups in which messages of the run were received. */
  readonly receivedIn: readonly string[]
}

/**
 * What survives a restart of the control daemon, by any signal. Writes take effect in the order in which they were
 * asked for, many in one transaction; those that nobody waits for may be some 50 ms late on disk. What is read may be as
 * late, but for `isNew` and `findSend`. Errors of every call: `storage-failed`.
 */
export interface InfraStore extends AsyncDisposable {
  /** Everything asked for so far is durable. */
  flush(): Promise<void>

  readGroups(): StoredGroup[]
  putGroup(group: StoredGroup): Promise<void>
  /** With everything that was received in it. */
  deleteGroup(name: string): Promise<void>
  readGroupCounts(group: string): { readonly messages: number; readonly acknowledgements: number }

  readTests(): StoredTest[]
  putTest(test: StoredTest): Promise<void>
  deleteTest(of: TestName): Promise<void>
  /** Every run this daemon has a part in, newest first. */
  readRuns(): StoredRun[]
  readRun(run: string): StoredRun | undefined
  /** Of runs in which this daemon sends. */
  countRuns(): number

  /** Durable before it resolves: whoever sends writes his intention first. */
  beginSend(run: string, entry: Omit<SentEntry, 'outcome' | 'cid' | 'tookUs'>): Promise<void>
  /** @param handedOverAt when Berty was asked, by this process's steady clock */
  endSend(run: string, entry: SentEntry, handedOverAt?: number): Promise<void>
  /** Intentions without an outcome, as a killed daemon leaves them; each becomes `unknown`. Returns how many. */
  settleSends(run: string): Promise<number>
  /** The newest sequence number that was begun. */
  lastSequence(run: string, of: TestName): number | undefined
  readCounts(run: string, of: TestName): SendCounts
  readSent(run: string): Iterable<SentEntry>
  putEpoch(run: string, of: TestName, epoch: KeyEpoch): Promise<void>
  readEpochs(run: string, of: TestName): KeyEpoch[]

  /** False when this event id is known in the group: by id, across streams and restarts. */
  isNew(group: string, id: Cid): boolean
  /** Known from now on and no more than that: own messages, and what is no message of a user. */
  putSeen(group: string, id: Cid): Promise<void>
  putReceived(
    entry: ReceivedEntry,
    text?: { readonly body: string; readonly sentDateMs: number | undefined },
  ): Promise<void>
  /** Another time that a known event came within one stream. */
  addRepeat(group: string, cid: Cid): Promise<void>
  /** Oldest first. With a run: the entries of it, and those that are too short to say of which run they are. */
  readReceived(filter: { readonly group: string; readonly run?: string }): Iterable<ReceivedEntry>
  /** Oldest first: the newest so many, or all from a position on. */
  readMessages(filter: {
    readonly group: string
    readonly newest?: number
    readonly from?: number
  }): Iterable<StoredMessage>

  /** The send that had this cid as its outcome. `handedOverAt` where this process did it. */
  findSend(
    group: string,
    cid: Cid,
  ): { readonly run: string; readonly test: string; readonly handedOverAt: number | undefined } | undefined
  /** An acknowledgement is known from now on, and counted. */
  putAcknowledgement(group: string, id: Cid): Promise<void>
  /** One of something that a test of ours sent; a second one by the same device changes nothing. */
  putAck(run: string, test: string, entry: AckEntry): Promise<void>
  readAcks(run: string): Iterable<AckEntry>

  /** Everything, gone. Returns how many runs there were. */
  clear(): Promise<number>
}
