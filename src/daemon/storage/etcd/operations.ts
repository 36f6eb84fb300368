import type { ICompare, IRequestOp, IResponseOp, ITxnRequest } from 'etcd3'

/** The parts of etcd's transactions. Keys are text here, and bytes for etcd. */

/** A value as it lies in etcd, and since when: revisions are compared, never values. */
export interface StoredValue {
  readonly value: Uint8Array
  /** The revision of its last change. */
  readonly revision: string
  readonly lease: string
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

export const put = (key: string, value: Uint8Array | string, lease = NO_LEASE): IRequestOp => ({
  request_put: { key: toBytes(key), value: typeof value === 'string' ? toBytes(value) : Buffer.from(value), lease },
})

export const remove = (key: string): IRequestOp => ({ request_delete_range: { key: toBytes(key) } })

export const putOrRemove = (key: string, value: Uint8Array | undefined): IRequestOp =>
  value === undefined ? remove(key) : put(key, value)

export const get = (key: string): IRequestOp => ({ request_range: { key: toBytes(key) } })

export const nested = (request: ITxnRequest): IRequestOp => ({ request_txn: request })

/** The key is as it was when its revision was read. */
export const isStill = (key: string, revision: string): ICompare => ({
  key: toBytes(key),
  target: 'Mod',
  result: 'Equal',
  mod_revision: revision,
})

/** False for a key that is not there. */
export const hasValue = (key: string, value: string): ICompare => ({
  key: toBytes(key),
  target: 'Value',
  result: 'Equal',
  value: toBytes(value),
})

/** What a `get` found. */
export function found(response: IResponseOp | undefined): StoredValue | undefined {
  const kv = response?.response_range?.kvs[0]
  return kv && { value: kv.value, revision: kv.mod_revision, lease: kv.lease }
}

export const revisionOf = (stored: StoredValue | undefined): string => stored?.revision ?? NEVER
