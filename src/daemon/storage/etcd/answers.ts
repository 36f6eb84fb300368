import { NEVER, NO_LEASE } from './operations.js'
import { MessageReader } from './protobuf.js'

/** A value as it lies in etcd, and since when: revisions are compared, never values. */
export interface StoredValue {
  readonly value: Uint8Array
  /** The revision of its last change. */
  readonly revision: string
  readonly lease: string
}

/** What one operation of a transaction has given. */
export interface Answer {
  /** What a `get` found. */
  readonly found?: StoredValue
  /** How a nested transaction went. */
  readonly nested?: NestedAnswer
}

export interface NestedAnswer {
  readonly succeeded: boolean
  readonly answers: readonly Answer[]
}

export interface TransactionAnswer extends NestedAnswer {
  /** Of the store, after it; what it has put is of this revision. */
  readonly revision: string
  readonly cluster: string
}

export const revisionOf = (stored: StoredValue | undefined): string => stored?.revision ?? NEVER

/** What a `get` found. */
export const found = (answer: Answer | undefined): StoredValue | undefined => answer?.found

/** Error where it is no answer to a transaction. */
export function readTransactionAnswer(bytes: Buffer): TransactionAnswer {
  const reader = new MessageReader(bytes)
  const header = { cluster: '0', revision: NEVER }
  let succeeded = false
  const answers: Answer[] = []
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) readHeader(reader.bytes(), header)
    else if (field === 2) succeeded = reader.flag()
    else if (field === 3) answers.push(readAnswer(reader.bytes()))
    else reader.skip()
  }
  return { ...header, succeeded, answers }
}

function readHeader(bytes: Buffer, header: { cluster: string; revision: string }): void {
  const reader = new MessageReader(bytes)
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) header.cluster = reader.number()
    else if (field === 3) header.revision = reader.number()
    else reader.skip()
  }
}

const NOTHING: Answer = {}

function readAnswer(bytes: Buffer): Answer {
  const reader = new MessageReader(bytes)
  let answer = NOTHING
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) answer = readRange(reader.bytes())
    else if (field === 4) answer = { nested: readTransactionAnswer(reader.bytes()) }
    else reader.skip()
  }
  return answer
}

function readRange(bytes: Buffer): Answer {
  const reader = new MessageReader(bytes)
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 2) return { found: readKeyValue(reader.bytes()) }
    reader.skip()
  }
  return NOTHING
}

function readKeyValue(bytes: Buffer): StoredValue {
  const reader = new MessageReader(bytes)
  const stored = { value: EMPTY, revision: NEVER, lease: NO_LEASE }
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 3) stored.revision = reader.number()
    // A copy: whoever keeps it would keep the answers to a hundred others as well.
    else if (field === 5) stored.value = Buffer.from(reader.bytes())
    else if (field === 6) stored.lease = reader.number()
    else reader.skip()
  }
  return stored
}

const EMPTY = Buffer.alloc(0)
