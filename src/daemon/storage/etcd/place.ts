import {
  decodeRow,
  encodeRow,
  keyOfRow,
  rowKey,
  rowPrefix,
  type SharedListChange,
  type SharedValues,
  type TableDefinition,
} from '../table.js'
import type { SharedKeys } from './keys.js'
import { toBytes } from './operations.js'
import type { StoredValues } from './reads.js'
import type { Row } from './rows.js'

/** How a table lies in etcd: as the reference keeps it, or as text of ours where it has nothing like it. */
export interface Place<Value> {
  /** Error: `bug` for a key that is too long. */
  rowOf(key: string): Row
  read(values: StoredValues, key: string): Value | undefined
  write(value: Value | undefined, key: string, now: StoredValues): SharedValues
  /** What changes with it elsewhere. */
  lists(key: string, now: Value | undefined, next: Value | undefined): readonly SharedListChange[]
  readonly prefix: string
  /** The record that a key below `prefix` is of; undefined where it is of none. */
  keyOf(etcdKey: string): string | undefined
}

export function placeOf<Value>(definition: TableDefinition<Value>, keys: SharedKeys): Place<Value> {
  const { shared } = definition
  if (!shared) return placeOfText(definition, keys)
  const { base } = keys
  return {
    rowOf: (key) => ({ name: rowKey(definition, key), keys: shared.keysOf(key).map((sharedKey) => base + sharedKey) }),
    read: (values, key) => shared.read(valuesOf(values), key),
    write: (value, key, now) => shared.write(value, key, valuesOf(now)),
    lists: (key, now, next) =>
      (shared.lists?.(key, now, next) ?? []).map(({ key: list, change }) => ({ key: base + list, change })),
    prefix: base + shared.prefix,
    keyOf: (etcdKey) => shared.keyOf(etcdKey.slice(base.length)),
  }
}

const valuesOf = (stored: StoredValues): SharedValues => stored.map((one) => one?.value)

function placeOfText<Value>(definition: TableDefinition<Value>, { own }: SharedKeys): Place<Value> {
  return {
    rowOf(key) {
      const name = rowKey(definition, key)
      return { name, keys: [own + name] }
    },
    read([stored], key) {
      return stored && decodeRow(definition, Buffer.from(stored.value).toString(), rowKey(definition, key))
    },
    write: (value) => [value === undefined ? undefined : toBytes(encodeRow(definition, value))],
    lists: () => [],
    prefix: own + rowPrefix(definition),
    keyOf: (etcdKey) => keyOfRow(definition, etcdKey.slice(own.length)),
  }
}
