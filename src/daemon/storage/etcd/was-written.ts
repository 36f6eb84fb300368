import type { StoredValue } from './answers.js'
import type { EtcdClient } from './client.js'
import { Unanswered } from './faults.js'
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

/**
 * The revision at which a key was given a value that nobody gives it twice; undefined where that was not done since another one.
 * Error: `Unanswered`, also where etcd no longer knows.
 */
export async function revisionOfValue(
  client: EtcdClient,
  key: string,
  { value, since, deadline }: { readonly value: string; readonly since: string; readonly deadline: number },
): Promise<string | undefined> {
  let revision: string | undefined
  for (let step = 0; step < MOST_STEPS; step++) {
    const { kvs } = await client
      .range({ key: toBytes(key), ...(revision !== undefined && { revision }) }, deadline)
      .catch(failUnanswered)
    const [kv] = kvs
    if (!kv || BigInt(kv.mod_revision) <= BigInt(since)) return undefined
    if (kv.value.toString() === value) return kv.mod_revision
    revision = String(BigInt(kv.mod_revision) - 1n)
  }
  throw new Unanswered('too much was noted since')
}

/** Whether what etcd did at a revision has put or deleted a key. Error: `Unanswered`, also where etcd no longer knows. */
export async function wasChangedAt(
  client: EtcdClient,
  key: string,
  revision: string,
  deadline: number,
): Promise<boolean> {
  const at = async (when: string): Promise<string | undefined> => {
    const { kvs } = await client.range({ key: toBytes(key), revision: when }, deadline).catch(failUnanswered)
    return kvs[0]?.mod_revision
  }
  const changed = await at(revision)
  if (changed !== undefined) return changed === revision
  return (await at(String(BigInt(revision) - 1n))) !== undefined
}

const failUnanswered = (cause: unknown): never => {
  throw new Unanswered('the history of a key cannot be read', { cause })
}
