/**
 * The ports to what survives the end of the control daemon by any signal, one for each user of the store. Writes take
 * effect in the order in which they were asked for, many in one transaction; a write that nobody waits for may reach the
 * disk some 50 ms late, and reads, except `isNew` and `findSend`, see it as late. Errors of every call: `storage-failed`.
 * Implemented in store/.
 */
import type { Cid } from './keys.js'
import type {
  AckEntry,
  HostClock,
  KeyEpoch,
  ReceivedEntry,
  SendCounts,
  SentEntry,
  StoredGroup,
  StoredMessage,
  StoredRun,
  StoredTest,
  TestName,
} from './records.js'

interface Flushed {
  /** Everything asked for so far is durable. */
  flush(): Promise<void>
}

/** The groups that this daemon is in. */
export interface GroupStore extends Flushed {
  readGroups(): StoredGroup[]
  putGroup(group: StoredGroup): Promise<void>
  /** Also deletes everything that was received in it. */
  deleteGroup(name: string): Promise<void>
  readGroupCounts(group: string): { readonly messages: number; readonly acknowledgements: number }
}

/** What comes in a group, each event once. */
export interface ReceivingStore {
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
  /** An acknowledgement is known from now on, and counted. */
  putAcknowledgement(group: string, id: Cid): Promise<void>
  /** Oldest first: the newest so many, or all from a position on. */
  readMessages(filter: {
    readonly group: string
    readonly newest?: number
    readonly from?: number
  }): Iterable<StoredMessage>
}

/** Finds the acknowledgements of messages that our tests sent. */
export interface AcknowledgementStore {
  /** The send that had this cid as its outcome. `handedOverAt` where this process did it. */
  findSend(
    group: string,
    cid: Cid,
  ): { readonly run: string; readonly test: string; readonly handedOverAt: number | undefined } | undefined
  /** A second one by the same device changes nothing. */
  putAck(run: string, test: string, entry: AckEntry): Promise<void>
}

/** Tests and the runs that they were part of. */
export interface TestStore extends Flushed {
  readTests(): StoredTest[]
  putTest(test: StoredTest): Promise<void>
  deleteTest(of: TestName): Promise<void>
  /** Every run this daemon has a part in, newest first. */
  readRuns(): StoredRun[]
  readRun(run: string): StoredRun | undefined
  /** Of runs in which this daemon sends. */
  countRuns(): number
  readCounts(run: string, of: TestName): SendCounts
  readEpochs(run: string, of: TestName): KeyEpoch[]
  readClocks(run: string): HostClock[]
  /** Keeps the first clock of each host, and returns all that are kept. */
  keepClocks(run: string, clocks: readonly HostClock[]): Promise<HostClock[]>
}

/** What one execution of a test sends. */
export interface SendStore extends Flushed {
  putTest(test: StoredTest): Promise<void>
  /** Durable before it resolves: whoever sends writes his intention first. */
  beginSend(run: string, entry: Omit<SentEntry, 'outcome' | 'cid' | 'tookUs'>): Promise<void>
  /** @param handedOverAt when Berty was asked, by this process's steady clock */
  endSend(run: string, entry: SentEntry, handedOverAt?: number): Promise<void>
  /**
   * Forgets that the send was begun; its number is free again. Only for a message that has certainly reached nobody.
   */
  withdrawSend(run: string, of: TestName, sequence: number): Promise<void>
  /** Intentions without an outcome, as a killed daemon leaves them; each becomes `unknown`. Returns how many. */
  settleSends(run: string): Promise<number>
  /** Sends of unknown outcome that nobody has looked up yet. */
  readDoubts(run: string, of: TestName): SentEntry[]
  /** The tests that have such sends, media included. */
  readDoubtful(): { readonly run: string; readonly of: TestName }[]
  /** The outcome of such a send, found afterwards: `sent` or `error`. */
  settleDoubt(run: string, entry: SentEntry): Promise<void>
  /** The newest sequence number that was begun. */
  lastSequence(run: string, of: TestName): number | undefined
  putAck: AcknowledgementStore['putAck']
  findSend: AcknowledgementStore['findSend']
  putEpoch(run: string, of: TestName, epoch: KeyEpoch): Promise<void>
  readEpochs(run: string, of: TestName): KeyEpoch[]
}

/** The ledger of a run. */
export interface LedgerStore extends Flushed {
  readRun(run: string): StoredRun | undefined
  readSent(run: string): Iterable<SentEntry>
  /** Oldest first. With a run: its entries, and those that are too short to name their run. */
  readReceived(filter: { readonly group: string; readonly run?: string }): Iterable<ReceivedEntry>
  readAcks(run: string): Iterable<AckEntry>
}

export interface InfraStore
  extends GroupStore, ReceivingStore, AcknowledgementStore, TestStore, SendStore, LedgerStore, AsyncDisposable {
  /** Deletes everything, and returns how many runs there were. */
  clear(): Promise<number>
}
