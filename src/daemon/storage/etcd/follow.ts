import type { IKeyValue, IWatchResponse } from 'etcd3'
import { onAbort } from '../../../shared/abort.js'
import { Backoff } from '../../../shared/retry.js'
import type { EtcdClient } from './client.js'
import { endOfPrefix, toBytes } from './operations.js'

/** What is told of keys while they are followed. Nothing is missed: after every interruption all is told anew. */
export interface Follower {
  /** The keys as they are at a revision; called first, and again after an interruption. */
  state(kvs: readonly IKeyValue[], revision: bigint): void
  /** What changed since, up to a revision. */
  changed(events: readonly { readonly kv: IKeyValue; readonly isGone: boolean }[], revision: bigint): void
}

/** Follows all keys that begin with `prefix`, of which there are few, until the signal aborts; resolves then. */
export async function follow(
  client: EtcdClient,
  prefix: string,
  follower: Follower,
  signal: AbortSignal,
): Promise<void> {
  const backoff = new Backoff({ firstMs: 100, longestMs: 2_000 }, { isSpread: true })
  while (!signal.aborted) {
    try {
      const { kvs, header } = await client.range(keysFrom(prefix))
      if (signal.aborted) return
      const revision = BigInt(header.revision)
      follower.state(kvs, revision)
      await watch(client, prefix, { follower, from: revision + 1n, signal, onAnswer: () => backoff.reset() })
    } catch {
      // Whoever asks for payments hears of it; here it is only tried again.
    }
    await backoff.wait(signal)
  }
}

const keysFrom = (prefix: string) => ({ key: toBytes(prefix), range_end: endOfPrefix(prefix) })

interface Watch {
  readonly follower: Follower
  readonly from: bigint
  readonly signal: AbortSignal
  readonly onAnswer: () => void
}

/** Resolves when the watch is over, for whatever reason. */
async function watch(client: EtcdClient, prefix: string, { follower, from, signal, onAnswer }: Watch): Promise<void> {
  const { stream, gone } = await client.watchStream()
  await new Promise<void>((done) => {
    const over = (): void => {
      for (const listening of [onStop, onMove]) listening[Symbol.dispose]()
      stream.cancel()
      done()
    }
    stream
      .on('data', (response: IWatchResponse) => {
        if (response.canceled) return over()
        onAnswer()
        follower.changed(
          response.events.map(({ type, kv }) => ({ kv, isGone: type === 'Delete' })),
          BigInt(response.header.revision),
        )
      })
      .on('error', over)
      .on('end', over)
    const onStop = onAbort(signal, over)
    const onMove = onAbort(gone, over)
    // Without events etcd tells the revision from time to time, which shows that it is up to date.
    stream.write({ create_request: { ...keysFrom(prefix), start_revision: String(from), progress_notify: true } })
  })
}
