/** What the control daemon stores, in the form in which its rooms see it. */
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
  /** Absent if the group was joined, and in records of earlier versions. */
  readonly isMadeHere?: boolean
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
  /** What the closed model does while Berty is away: it waits, unless sends are to fail. */
  readonly whileAway?: 'pause' | 'fail'
  /** The test ends when nothing new of its run has been read here for so long. */
  readonly drainMs: number
  /** It ends so long after its last send at the latest; the daemon's own bound when absent. */
  readonly drainMaxMs?: number
}

export type TestState = 'planned' | 'preparing' | 'running' | 'waiting' | 'draining' | 'done'
export type TestEnd = 'completed' | 'stopped' | 'failed'

/** A time in which a running test could not send: its Berty was away, or the members of the group were not known. */
export interface Wait {
  readonly since: number
  readonly reason: string
  /** Absent while it lasts. */
  readonly until?: number
}

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
  /** When everything was sent and the drain began; absent in records of earlier versions. */
  readonly drainingSince?: number
  /** The plan's own amount, where the start asked for another one. */
  readonly definedAmount?: number
  /** Oldest first, the newest ones of many. */
  readonly waits?: readonly Wait[]
  /** What is waited for before the first send. */
  readonly start?: {
    readonly waitFor: readonly PublicKey[]
    readonly waitMs: number
    readonly at: number
    /** The names that the controller uses for these devices, in their order, and for this host. */
    readonly names?: readonly string[]
    readonly self?: string
  }
}

/** The members with whom our key in a group had been shared when the epoch began. */
export interface KeyEpoch {
  readonly epoch: number
  readonly members: readonly PublicKey[]
}

/** A clock minus that of this daemon, as it was first compared after a run. Microseconds. */
export interface HostClock {
  /** Of the host, in a group of the run; empty for the controller that compared them. */
  readonly device: PublicKey
  readonly offsetUs: number
  readonly errorUs: number
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
  /** Set if the outcome is `error`; absent in records of earlier versions. */
  readonly reason?: string
}

export interface ReceivedEntry {
  readonly group: string
  readonly cid: Cid
  readonly device: PublicKey
  /** Berty's own counter of that device in the group; absent in records of earlier versions. */
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
  /** Counted per member: a message that two members acknowledged counts twice. */
  readonly acknowledged: number
}

/** A run as this daemon took part in it: by sending, by receiving, or both. */
export interface StoredRun {
  readonly run: string
  /** For a run that was only received: when its first message came. */
  readonly startedAt: number
  /** Undefined while a test of it runs. */
  readonly endedAt: number | undefined
  readonly tests: readonly StoredTest[]
  /** Groups in which messages of the run were received. */
  readonly receivedIn: readonly string[]
}
