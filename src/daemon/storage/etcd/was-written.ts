import type { EtcdClient } from './client.js'
import type { StoredValue } from './answers.js'
import { NEVER, toBytes } from './operations.js'

/** So many later changes of others are looked behind. */
const MOST_STEPS = 50

interface Writing {
  readonly now: StoredValue | undefined
  /** The revision that the key had before. */
  readonly since: string
  readonly value: Uint8Array
  readonly deadline: number
}

/**
 * Whether a key was given a value since a revision, also where others have changed it again; undefined where etcd no
 * longer knows. Errors: `Unanswered`.
 */
export async function wasWritten(
  client: EtcdClient,
  key: string,
  { now, since, value, deadline }: Writing,
): Promise<boolean | undefined> {
  let seen: Pick<StoredValue, 'value' | 'revision'> | undefined = now
  for (let step = 0; step < MOST_STEPS; step++) {
    if (!seen || seen.revision === NEVER || BigInt(seen.revision) <= BigInt(since)) return false
    if (Buffer.compare(seen.value, value) === 0) return true
    const revision = String(BigInt(seen.revision) - 1n)
    const before = await client.range({ key: toBytes(key), revision }, deadline).catch(() => undefined)
    if (!before) return undefined
    const [kv] = before.kvs
    seen = kv && { value: kv.value, revision: kv.mod_revision }
  }
  return undefined
}
