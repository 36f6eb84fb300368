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
export const readTransactionAnswer = (bytes: Buffer): TransactionAnswer => readTransaction(new MessageReader(bytes))

function readTransaction(reader: MessageReader): TransactionAnswer {
  const answer = { cluster: '0', revision: NEVER, succeeded: false, answers: [] as Answer[] }
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) reader.message(() => readHeader(reader, answer))
    else if (field === 2) answer.succeeded = reader.flag()
    else if (field === 3) answer.answers.push(reader.message(readAnswer))
    else reader.skip()
  }
  return answer
}

function readHeader(reader: MessageReader, header: { cluster: string; revision: string }): void {
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) header.cluster = reader.number()
    else if (field === 3) header.revision = reader.number()
    else reader.skip()
  }
}

const NOTHING: Answer = {}

function readAnswer(reader: MessageReader): Answer {
  let answer = NOTHING
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) answer = reader.message(readRange)
    else if (field === 4) answer = { nested: reader.message(readTransaction) }
    else reader.skip()
  }
  return answer
}

function readRange(reader: MessageReader): Answer {
  let answer = NOTHING
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 2) answer = { found: reader.message(readKeyValue) }
    else reader.skip()
  }
  return answer
}

function readKeyValue(reader: MessageReader): StoredValue {
  // Bytes of its own: whoever keeps them would keep the answers to a hundred others as well.
  const stored = { value: NO_BYTES, revision: NEVER, lease: NO_LEASE }
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 3) stored.revision = reader.number()
    else if (field === 5) stored.value = reader.bytes()
    else if (field === 6) stored.lease = reader.number()
    else reader.skip()
  }
  return stored
}

const NO_BYTES: Uint8Array = Buffer.alloc(0)
