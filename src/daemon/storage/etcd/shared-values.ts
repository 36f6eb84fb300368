import { SnetError } from '../../../shared/errors.js'
import { decodeGob, type GobFields, gobFields, type GobBounds } from '../../../shared/gob/index.js'

/** A record is some hundred bytes; lists of models grow, and etcd itself takes no value of more than 1.5 MiB. */
const BOUNDS: GobBounds = { bytes: 2 * 1024 * 1024, nesting: 8, definitions: 64 }

/**
 * A value as Go wrote it, by the definitions that it carries. Error: `storage-failed` naming the key: a record that
 * cannot be read is money that cannot be seen, and stops the call that needs it.
 */
export function decodeShared<Value>(bytes: Uint8Array, key: string, read: (fields: GobFields) => Value): Value {
  try {
    return read(gobFields(decodeGob(bytes, BOUNDS).value))
  } catch (cause) {
    throw new SnetError('storage-failed', `the stored record ${key} cannot be read: ${(cause as Error).message}`, {
      hint: 'Another program of the group wrote it. Keep a copy of the value before anything else: etcdctl get shows it.',
      cause,
    })
  }
}

/** Go's readers end at a number that is missing, so its absence is damage. */
export function requireNumber(fields: GobFields, name: string): bigint {
  const value = fields.uint256(name)
  if (value === undefined) throw new Error(`field ${name} is missing`)
  return value
}
