import type { Leaving } from './outlet.js'
import type { UnreadAnswer } from './unread-answers.js'

/** Time for the last bytes of an answer to leave before it is cut off behind them. */
const LINGER_MS = 1_000
/** Node keeps timers of the same length together, and makes much of each further length. */
const STEP_MS = 1_000
/** An answer may take so long to leave, and more by its size: who takes it slower than this gets it no more. */
const LEAVE_MS = 30_000
const SLOWEST_BYTES_PER_MS = 32
/** What an answer needs of memory beside its bytes. */
const OVERHEAD_BYTES = 8 * 1024

/**
 * Bounds the time that an answer takes to leave; also a call that ended after its deadline has a moment for that.
 * @param leftMs until the call's deadline
 */
export class Leave {
  readonly #unread: UnreadAnswer
  readonly #timer: NodeJS.Timeout

  constructor(leaving: Pick<Leaving, 'cutOff'>, unread: UnreadAnswer, leftMs = Infinity) {
    const ownMs = LEAVE_MS + unread.bytes / SLOWEST_BYTES_PER_MS
    this.#unread = unread
    const ms = Math.min(ownMs, Math.max(leftMs, LINGER_MS))
    this.#timer = setTimeout(() => leaving.cutOff(), Math.ceil(ms / STEP_MS) * STEP_MS)
    unread.add(OVERHEAD_BYTES)
  }

  /** It has left. */
  end(): void {
    clearTimeout(this.#timer)
    this.#unread.remove(OVERHEAD_BYTES)
  }
}

/** The same for what tells itself that it has left. */
export function leaveBehind(leaving: Leaving, unread: UnreadAnswer, leftMs?: number): void {
  const leave = new Leave(leaving, unread, leftMs)
  leaving.onClose(() => leave.end())
}
