import { MessageWriter } from './protobuf.js'

/**
 * The parts of etcd's transactions, and their way into bytes: a hundred of them go in one request, and a general library
 * that makes objects of its own out of them costs more than all the rest of a payment. Keys are text here, bytes for etcd.
 */
export interface Transaction {
  readonly compare?: readonly Comparison[]
  readonly success?: readonly Operation[]
  readonly failure?: readonly Operation[]
}

/** Of a key with the revision of its last change, or with its value. */
export interface Comparison {
  readonly key: string
  readonly revision: string | undefined
  readonly value: string | undefined
}

export type Operation = Range | Put | DeleteRange | Nested

interface Range {
  readonly kind: typeof RANGE
  readonly key: string
}

interface Put {
  readonly kind: typeof PUT
  readonly key: string
  readonly value: Uint8Array | string
  readonly lease: string
}

interface DeleteRange {
  readonly kind: typeof DELETE_RANGE
  readonly key: string
}

interface Nested {
  readonly kind: typeof TXN
  readonly transaction: Transaction
}

/** By the numbers of their fields. */
const RANGE = 1
const PUT = 2
const DELETE_RANGE = 3
const TXN = 4

/** The revision of a key that is not there. */
export const NEVER = '0'
export const NO_LEASE = '0'

export const toBytes = (text: string): Buffer => Buffer.from(text)

/** The end of the keys that begin with a prefix, whose last byte is plain text. */
export function endOfPrefix(prefix: string): Buffer {
  const end = toBytes(prefix)
  end[end.length - 1] = (end.at(-1) as number) + 1
  return end
}

export const put = (key: string, value: Uint8Array | string, lease = NO_LEASE): Operation => ({
  kind: PUT,
  key,
  value,
  lease,
})

export const remove = (key: string): Operation => ({ kind: DELETE_RANGE, key })

export const putOrRemove = (key: string, value: Uint8Array | undefined): Operation =>
  value === undefined ? remove(key) : put(key, value)

export const get = (key: string): Operation => ({ kind: RANGE, key })

export const nested = (transaction: Transaction): Operation => ({ kind: TXN, transaction })

/** The key is as it was when its revision was read. */
export const isStill = (key: string, revision: string): Comparison => ({ key, revision, value: undefined })

/** False for a key that is not there. */
export const hasValue = (key: string, value: string): Comparison => ({ key, revision: undefined, value })

const writer = new MessageWriter()

/** The bytes of a transaction, behind so many for somebody else. */
export function encodeTransaction(transaction: Transaction, before = 0): Buffer {
  writer.clear()
  writeTransaction(transaction)
  return writer.copy(before)
}

/** What comes last is written first. */
function writeTransaction({ compare, success, failure }: Transaction): void {
  writeAll(3, failure, writeOperation)
  writeAll(2, success, writeOperation)
  writeAll(1, compare, writeComparison)
}

function writeAll<Part>(field: number, parts: readonly Part[] | undefined, write: (part: Part) => void): void {
  if (!parts) return
  for (let at = parts.length - 1; at >= 0; at--) {
    const { length } = writer
    write(parts[at] as Part)
    writer.message(field, length)
  }
}

const MOD = 2
const VALUE = 3

function writeComparison({ key, revision, value }: Comparison): void {
  if (value !== undefined) writer.text(7, value)
  if (revision !== undefined) writer.number(6, revision)
  writer.text(3, key)
  writer.number(2, value === undefined ? MOD : VALUE)
}

function writeOperation(operation: Operation): void {
  const { length } = writer
  if (operation.kind === TXN) writeTransaction(operation.transaction)
  else {
    if (operation.kind === PUT) writePut(operation)
    writer.text(1, operation.key)
  }
  writer.message(operation.kind, length)
}

function writePut({ value, lease }: Put): void {
  if (lease !== NO_LEASE) writer.number(3, lease)
  if (typeof value === 'string') writer.text(2, value)
  else writer.bytes(2, value)
}
