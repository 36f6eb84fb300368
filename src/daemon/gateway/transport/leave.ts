import type { Leaving } from './outlet.js'
import type { UnreadAnswer } from './unread-answers.js'

/** Time for the last bytes of an answer to leave before it is cut off behind them. */
const LINGER_MS = 1_000
/** An answer may take so long to leave, and more by its size: who takes it slower than this gets it no more. */
const LEAVE_MS = 30_000
const SLOWEST_BYTES_PER_MS = 32
/** What an answer needs of memory beside its bytes. */
const OVERHEAD_BYTES = 8 * 1024

/**
 * Bounds the time that an answer takes to leave; also a call that ended after its deadline has a moment for that.
 * @param leftMs until the call's deadline
 */
export function leaveBehind(leaving: Leaving, unread: UnreadAnswer, leftMs = Infinity): void {
  const ownMs = LEAVE_MS + unread.bytes / SLOWEST_BYTES_PER_MS
  const timer = setTimeout(() => leaving.cutOff(), Math.min(ownMs, Math.max(leftMs, LINGER_MS)))
  leaving.onClose(() => {
    clearTimeout(timer)
    unread.remove(OVERHEAD_BYTES)
  })
  unread.add(OVERHEAD_BYTES)
}
