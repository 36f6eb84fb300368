import { status } from '../../../shared/grpc-status.js'
import { Cancellation } from '../../../shared/cancellation.js'
import { onAbort } from '../../../shared/abort.js'
import { SnetError } from '../../../shared/errors.js'
import type { RequestSource } from '../call.js'
import { UpstreamStatus } from '../failure.js'
import { HeaderList } from '../header-list.js'
import { PREFIX_BYTES, withPrefix } from '../messages.js'
import { callService, OneAnswer } from './own-call.js'
import type { Upstream } from './upstream.js'

type Messages = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export interface AskOptions {
  readonly timeoutMs: number
  /** Ends the call; its reason is a SnetError. */
  readonly signal: AbortSignal
}

/**
 * Calls a method of the service that answers once, for the daemon itself. Messages are taken no faster than the service
 * takes them, and no more of them once it has answered.
 *
 * Errors: `upstream-failed` with what the service or its connection says; `timed-out`; the reason of the signal; what the
 * messages throw.
 */
export async function ask(
  upstream: Pick<Upstream, 'forward'>,
  method: string,
  messages: Messages,
  { timeoutMs, signal }: AskOptions,
): Promise<Buffer> {
  const cancelled = new Cancellation()
  using _calling = onAbort(signal, () => cancelled.abort(signal.reason as Error))
  const request = new MessageSource(messages, (fault) => cancelled.abort(fault))
  const reply = new OneAnswer()
  const late = `the service did not answer within ${timeoutMs / 1000} s`
  try {
    const parts = { method, metadata: new HeaderList(), request, reply, asksOnce: false }
    await callService(upstream, { ...parts, cancelled, timeoutMs, late })
  } catch (fault) {
    throw fault instanceof UpstreamStatus ? statusError(fault) : fault
  } finally {
    request.close()
  }
  const { frame } = reply
  if (frame[0] !== 0) throw new SnetError('upstream-failed', 'the service answered a compressed message, unasked')
  return frame.subarray(PREFIX_BYTES)
}

/** In words: whoever is told has another call of his own, which has a status of its own. */
function statusError(cause: UpstreamStatus): SnetError {
  const { trailers } = cause
  const code = Number(trailers.first('grpc-status'))
  const name = Object.hasOwn(status, code) ? (status[code] as string) : String(code)
  const text = decodePercent(trailers.first('grpc-message') ?? '')
  return new SnetError('upstream-failed', `the service answered ${name}${text === '' ? '' : `: ${text}`}`, { cause })
}

/** As it came where it is not well formed. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Messages as bytes of a request: one is ready while the one before it is on its way, and no more. */
class MessageSource implements RequestSource {
  readonly #messages: AsyncIterator<Uint8Array> | Iterator<Uint8Array>
  readonly #onFault: (fault: Error) => void
  readonly #listeners = new Set<() => void>()
  #ready: Buffer | undefined
  readonly #putBack: Buffer[] = []
  #isOver = false

  constructor(messages: Messages, onFault: (fault: Error) => void) {
    this.#messages = Symbol.asyncIterator in messages ? messages[Symbol.asyncIterator]() : messages[Symbol.iterator]()
    this.#onFault = onFault
    void this.#next()
  }

  get isEnded(): boolean {
    return this.#isOver && this.#ready === undefined && this.#putBack.length === 0
  }

  read(): Buffer | undefined {
    const again = this.#putBack.pop()
    if (again) return again
    const bytes = this.#ready
    this.#ready = undefined
    if (bytes && !this.#isOver) void this.#next()
    return bytes
  }

  unread(bytes: Buffer): void {
    this.#putBack.push(bytes)
  }

  onNews(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Not awaited: whoever makes the messages may still wait for something. */
  close(): void {
    this.#isOver = true
    this.#ready = undefined
    void Promise.resolve(this.#messages.return?.()).catch(() => undefined)
  }

  async #next(): Promise<void> {
    try {
      const next = await this.#messages.next()
      if (this.#isOver) return
      if (next.done) this.#isOver = true
      else this.#ready = withPrefix(next.value)
      for (const listener of [...this.#listeners]) listener()
    } catch (fault) {
      if (!this.#isOver) this.#onFault(fault as Error)
    }
  }
}
