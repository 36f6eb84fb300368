import type { StoredValue } from './answers.js'
import type { EtcdClient } from './client.js'
import { Unanswered } from './faults.js'
import { toBytes } from './operations.js'

/** So many later changes of others are looked behind. */
const MOST_STEPS = 50

/** What is told of a value in the history of its key. */
type Seen = Pick<StoredValue, 'value' | 'revision'>

interface Writing {
  /** The key as it is. */
  readonly now: Seen | undefined
  /** The revision that the key had before. */
  readonly since: string
  /** Nobody writes it twice. */
  readonly value: Uint8Array
  readonly deadline: number
}

/**
 * The revision at which a key was given a value, also where others have changed it again; undefined where that was not done since
 * another revision. Error: `Unanswered`, also where etcd no longer knows.
 */
export async function revisionOfValue(
  client: EtcdClient,
  key: string,
  { now, since, value, deadline }: Writing,
): Promise<string | undefined> {
  let seen = now
  for (let step = 0; step < MOST_STEPS; step++) {
    if (!seen || BigInt(seen.revision) <= BigInt(since)) return undefined
    if (Buffer.compare(seen.value, value) === 0) return seen.revision
    seen = await readAt(client, key, { revision: before(seen.revision), deadline })
  }
  throw new Unanswered('too much was written since')
}

/** Whether what etcd did at a revision has put or deleted a key. Error: `Unanswered`, also where etcd no longer knows. */
export async function wasChangedAt(
  client: EtcdClient,
  key: string,
  { revision, deadline }: { readonly revision: string; readonly deadline: number },
): Promise<boolean> {
  const changed = await readAt(client, key, { revision, deadline })
  if (changed) return changed.revision === revision
  return (await readAt(client, key, { revision: before(revision), deadline })) !== undefined
}

/** A key as it was at a revision, or as it is. Error: `Unanswered`, also where etcd no longer knows. */
export async function readAt(
  client: EtcdClient,
  key: string,
  { revision, deadline }: { readonly revision?: string; readonly deadline: number },
): Promise<Seen | undefined> {
  const request = { key: toBytes(key), ...(revision !== undefined && { revision }) }
  const { kvs } = await client.range(request, deadline).catch((cause: unknown) => {
    throw new Unanswered('the history of a key cannot be read', { cause })
  })
  const [kv] = kvs
  return kv && { value: kv.value, revision: kv.mod_revision }
}

const before = (revision: string): string => String(BigInt(revision) - 1n)
