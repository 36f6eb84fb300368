import type { SnetError } from '../../../shared/errors.js'
import { speaksOnlyHttp1 } from './http1-service.js'
import { cannotConnect, connectionLost, isNoGrpc, noSignOfLife } from './service-status.js'
import type { OpenSession, ServiceAddress, ServiceSession, ServiceStream } from './service-stream.js'
import { type LifeLimits, SignsOfLife } from './signs-of-life.js'

export interface ConnectionLimits extends LifeLimits {
  /** Until the service has said how it speaks, not only until its socket is open. */
  readonly connectTimeoutMs: number
  /** Calls that are made on one connection in all; then there is a new one. */
  readonly maxCalls?: number
}

/** A connection has 2³⁰ numbers for calls; a new one is made long before they are used up. */
const MAX_CALLS = 2 ** 29

/** One connection to the service, from the first attempt to its end. */
export class ServiceConnection {
  /** Resolves once calls can be made; rejects with what kept the connection from that. */
  readonly ready: Promise<void>
  readonly #address: ServiceAddress
  readonly #session: ServiceSession
  readonly #maxCalls: number
  #life: SignsOfLife | undefined
  #error: Error | undefined
  #lost: SnetError | undefined
  #openCalls = 0
  #calls = 0

  /** @param onClosed is told when nothing is left of it */
  constructor(
    address: ServiceAddress,
    { openSession, limits }: { readonly openSession: OpenSession; readonly limits: ConnectionLimits },
    onClosed: () => void,
  ) {
    this.#address = address
    this.#maxCalls = limits.maxCalls ?? MAX_CALLS
    let onReady = (): void => undefined
    let onGone = (): void => undefined
    this.#session = openSession(address, {
      onReady: () => onReady(),
      onError: (error) => (this.#error = error),
      onClose: () => {
        this.#life?.stop()
        onClosed()
        // Of one that calls were made on nobody asks why it did not come to that.
        if (!this.#life) onGone()
      },
    })
    const told = new Promise<void>((done, fail) => {
      onReady = done
      onGone = () => void this.#whyNotReady().then(fail)
    })
    this.ready = this.#becomeReady(told, limits)
    // A failure is told to whoever waits for the connection; at other times it concerns nobody.
    this.ready.catch(() => undefined)
  }

  get isReady(): boolean {
    return this.#life !== undefined && !this.isGoing
  }

  /** True when no new calls can be made on it, though some may still be open. */
  get isGoing(): boolean {
    return this.#session.isGoing
  }

  /** Whether the service was heard from lately. */
  get isFresh(): boolean {
    return this.#life?.isFresh === true
  }

  /** Whether the service was asked for a sign of life, and takes its time to give one. */
  get isInDoubt(): boolean {
    return this.#life?.isInDoubt === true
  }

  /** Whether the service takes one more call on this connection. */
  get hasRoom(): boolean {
    return this.#openCalls < this.#session.maxStreams
  }

  open(headers: readonly string[]): ServiceStream {
    const stream = this.#session.open(headers, () => {
      this.#openCalls--
      if (this.#openCalls === 0) this.#life?.setWaiting(false)
    })
    this.#openCalls++
    this.#life?.setWaiting(true)
    if (++this.#calls === this.#maxCalls) this.#session.close()
    return stream
  }

  /** Something of an answer has come. */
  noteAnswer(): void {
    this.#life?.noteAnswer()
  }

  /** Why a call ended with its connection; undefined where that has not ended, or only once its calls had. */
  explainBreak(): SnetError | undefined {
    return this.#session.isBroken ? (this.#lost ?? connectionLost(this.#address.shown, this.#error)) : undefined
  }

  destroy(): void {
    this.#session.destroy()
  }

  async #becomeReady(told: Promise<void>, limits: ConnectionLimits): Promise<void> {
    const { connectTimeoutMs } = limits
    const timer = setTimeout(
      () => this.#session.destroy(new Error(`no connection within ${connectTimeoutMs} ms`)),
      connectTimeoutMs,
    )
    try {
      await told
    } finally {
      clearTimeout(timer)
    }
    this.#life = this.#watch(limits)
  }

  async #whyNotReady(): Promise<SnetError> {
    const { shown } = this.#address
    const reason: NodeJS.ErrnoException = this.#error ?? new Error('the connection was closed')
    // Somebody answered, and it was not HTTP/2; or hung up so early that the answer was lost to a write of ours.
    const isAnswered = /^(ERR_(HTTP2|SSL)|ECONNRESET$|EPIPE$)/.test(reason.code ?? '')
    if (isAnswered && (await speaksOnlyHttp1(this.#address))) return isNoGrpc(shown)
    return cannotConnect(shown, reason)
  }

  #watch(limits: ConnectionLimits): SignsOfLife {
    const session = this.#session
    return new SignsOfLife(session, limits, {
      onDead: () => {
        this.#lost = noSignOfLife(this.#address.shown)
        session.destroy()
      },
      onIdle: () => session.close(),
    })
  }
}
