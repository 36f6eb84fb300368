import { createHash } from 'node:crypto'
import type { Cid, PublicKey } from '../../src/daemon/infra/contract/keys.js'
import type {
  ReceivedEntry,
  SentEntry,
  StoredGroup,
  StoredTest,
  TestPlan,
} from '../../src/daemon/infra/contract/records.js'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Keys and CIDs that a name stands for. */
export const aKey = (name: string): PublicKey => digest(name) as PublicKey
export const aCid = (name: string): Cid => `01711220${digest(name)}` as Cid

export const aGroup = (over: Partial<StoredGroup> = {}): StoredGroup => ({
  name: 'g',
  publicKey: aKey('g'),
  invite: new Uint8Array([1, 2, 3]),
  account: aKey('account'),
  isActive: true,
  isReceiving: false,
  ...over,
})

export const aPlan = (over: Partial<TestPlan> = {}): TestPlan => ({
  type: 'text',
  size: 300,
  intervalMs: 1,
  amount: 3,
  seed: 'seed',
  mediaAsText: false,
  drainMs: 0,
  ...over,
})

export const aTest = (over: Partial<StoredTest> = {}): StoredTest => ({
  group: 'g',
  test: '0',
  plan: aPlan(),
  state: 'planned',
  ...over,
})

export const aReceived = (over: Partial<ReceivedEntry> = {}): ReceivedEntry => ({
  group: 'g',
  cid: aCid('message'),
  device: aKey('device'),
  counter: 0n,
  receivedAt: 1_700_000_000_000_001,
  size: 300,
  isLive: true,
  isOutOfOrder: false,
  repeats: 0,
  ...over,
})

export const aSent = (over: Partial<SentEntry> = {}): SentEntry => ({
  group: 'g',
  test: '0',
  sequence: 0,
  cid: aCid('sent'),
  sentAt: 1_700_000_000_000_002,
  size: 300,
  outcome: 'sent',
  epoch: 0,
  tookUs: 12_345,
  ...over,
})
