import { type Field, message } from './protobuf.js'

/**
 * The parts of etcd's transactions, each as the bytes that travel: a hundred of them go in one request, and making objects
 * of a general library out of them cost more than all the rest of a payment. Keys are text here, and bytes for etcd.
 */

declare const part: unique symbol
/** What is compared. */
export type Comparison = Buffer & { readonly [part]: 'comparison' }
/** What is read, changed or nested. */
export type Operation = Buffer & { readonly [part]: 'operation' }

export interface Transaction {
  readonly compare?: readonly Comparison[]
  readonly success?: readonly Operation[]
  readonly failure?: readonly Operation[]
}

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

const operation = (kind: Kind, fields: readonly Field[]): Operation => message([[kind, message(fields)]]) as Operation
type Kind = 1 | 2 | 3 | 4
const RANGE = 1
const PUT = 2
const DELETE_RANGE = 3
const TXN = 4

export const put = (key: string, value: Uint8Array | string, lease = NO_LEASE): Operation =>
  operation(PUT, [
    [1, toBytes(key)],
    [2, typeof value === 'string' ? toBytes(value) : value],
    ...(lease === NO_LEASE ? [] : [[3, lease] as const]),
  ])

export const remove = (key: string): Operation => operation(DELETE_RANGE, [[1, toBytes(key)]])

export const putOrRemove = (key: string, value: Uint8Array | undefined): Operation =>
  value === undefined ? remove(key) : put(key, value)

export const get = (key: string): Operation => operation(RANGE, [[1, toBytes(key)]])

export const nested = (transaction: Transaction): Operation => operation(TXN, fieldsOf(transaction))

export const encodeTransaction = (transaction: Transaction): Buffer => message(fieldsOf(transaction))

const fieldsOf = ({ compare = [], success = [], failure = [] }: Transaction): Field[] => [
  ...compare.map((each): Field => [1, each]),
  ...success.map((each): Field => [2, each]),
  ...failure.map((each): Field => [3, each]),
]

const MOD = 2
const VALUE = 3

/** The key is as it was when its revision was read. */
export const isStill = (key: string, revision: string): Comparison =>
  message([
    [2, MOD],
    [3, toBytes(key)],
    [6, revision],
  ]) as Comparison

/** False for a key that is not there. */
export const hasValue = (key: string, value: string): Comparison =>
  message([
    [2, VALUE],
    [3, toBytes(key)],
    [7, toBytes(value)],
  ]) as Comparison
