import type { IKeyValue } from 'etcd3'
import type { EtcdClient } from './client.js'
import { endOfPrefix, toBytes } from './operations.js'

const PAGE = 500

/** Everything under keys that begin with `prefix`, page by page in the order of the keys, each page as it then is. */
export async function* listPages(
  client: EtcdClient,
  prefix: string,
  { keysOnly = false } = {},
): AsyncGenerator<readonly IKeyValue[]> {
  const end = endOfPrefix(prefix)
  let from = toBytes(prefix)
  for (;;) {
    const { kvs, more } = await client.range({ key: from, range_end: end, limit: PAGE, keys_only: keysOnly })
    if (kvs.length > 0) yield kvs
    const last = kvs.at(-1)
    if (!more || !last) return
    // The next key after it.
    from = Buffer.concat([last.key, Buffer.from([0])])
  }
}

/** How many keys begin with `prefix`. */
export async function countKeys(client: EtcdClient, prefix: string): Promise<number> {
  const { count } = await client.range({ key: toBytes(prefix), range_end: endOfPrefix(prefix), count_only: true })
  return Number(count)
}
