import { watchReader } from '../client/index.js'
import { whenAborted } from '../shared/abort.js'

/** Resolves at a signal to stop or, where a program reads what we print, once it has left. */
export async function stayUp(stop: AbortSignal, { isRead }: { isRead: boolean }): Promise<void> {
  if (!isRead) return await whenAborted(stop)
  using reader = watchReader()
  await whenAborted(AbortSignal.any([stop, reader.signal]))
}
