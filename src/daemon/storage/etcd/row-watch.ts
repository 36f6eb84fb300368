import { Poller } from '../../../shared/poller.js'
import { Backoff } from '../../../shared/retry.js'
import type { EtcdClient } from './client.js'
import { follow } from './follow.js'

/** A record that is watched is read so often without news of it. */
const LOOK_ANYWAY_MS = 3_600_000

/** Tells a record whenever it may have changed, the newest last; what is returned ends that. */
export function watchRow<Value>(
  client: EtcdClient,
  keys: readonly string[],
  { read, tell }: { readonly read: () => Promise<Value>; readonly tell: (now: Value) => void },
): () => void {
  const over = new AbortController()
  const backoff = new Backoff({ firstMs: 100, longestMs: 2_000 })
  let waitMs = LOOK_ANYWAY_MS
  // One after the other, so that the newest is told last; until it is read, so that no change is missed.
  const reading = new Poller(
    () => waitMs,
    async () => {
      waitMs = backoff.nextMs()
      const now = await read()
      backoff.reset()
      waitMs = LOOK_ANYWAY_MS
      if (!over.signal.aborted) tell(now)
    },
  )
  const wake = (): void => reading.wake()
  const news = { state: wake, changed: (events: readonly unknown[]) => events.length > 0 && wake() }
  for (const key of keys) void follow(client, key, news, over.signal)
  return () => {
    over.abort()
    void reading[Symbol.asyncDispose]()
  }
}
