import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import type { Socket } from 'node:net'
import type { SnetError } from '../../../shared/errors.js'
import type { HeaderBlock } from '../http2-headers/header-block.js'
import { speaksOnlyHttp1 } from './http1-service.js'
import { outlive } from './outlive.js'
import { cannotConnect, connectionLost, isNoGrpc, noSignOfLife } from './service-status.js'
import { type LifeLimits, SignsOfLife } from './signs-of-life.js'

export interface ServiceAddress {
  readonly scheme: 'http' | 'https'
  /** HOST:PORT. */
  readonly authority: string
}

export interface ConnectionLimits extends LifeLimits {
  /** Until the service has said how it speaks, not only until its socket is open. */
  readonly connectTimeoutMs: number
}

/** A call whose stream is not read leaves at most this much unread. */
const STREAM_WINDOW_BYTES = 256 * 1024
/** Far above what all calls together leave unread: one stalled call must not stall the others on the connection. */
const CONNECTION_WINDOW_BYTES = 2 ** 30
const MAX_HEADER_BYTES = 64 * 1024
/** A connection has 2³⁰ numbers for calls; a new one is made long before they are used up. */
const MAX_CALLS = 2 ** 29

/** One connection to the service, from the first attempt to its end. */
export class ServiceConnection {
  /** Resolves once calls can be made; rejects with what kept the connection from that. */
  readonly ready: Promise<void>
  readonly #address: ServiceAddress
  readonly #session: ClientHttp2Session
  #life: SignsOfLife | undefined
  #error: Error | undefined
  #lost: SnetError | undefined
  #hasGoaway = false
  #openCalls = 0
  #calls = 0

  /** @param onClosed is told when nothing is left of it */
  constructor(address: ServiceAddress, limits: ConnectionLimits, onClosed: () => void) {
    this.#address = address
    const session = connect(`${address.scheme}://${address.authority}`, {
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES, maxHeaderListSize: MAX_HEADER_BYTES },
      maxHeaderListPairs: 256,
    })
    this.#session = session
    session.on('error', (error: Error) => (this.#error = error))
    session.once('goaway', () => (this.#hasGoaway = true))
    session.once('close', () => {
      this.#life?.stop()
      onClosed()
    })
    this.ready = this.#becomeReady(limits)
    // A failure is told to whoever waits for the connection; at other times it concerns nobody.
    this.ready.catch(() => undefined)
  }

  get isReady(): boolean {
    return this.#life !== undefined && !this.isGoing
  }

  /** True when no new calls can be made on it, though some may still be open. */
  get isGoing(): boolean {
    return this.#hasGoaway || this.#session.closed || this.#session.destroyed || this.#calls >= MAX_CALLS
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
    return this.#openCalls < (this.#session.remoteSettings.maxConcurrentStreams ?? Infinity)
  }

  open(headers: HeaderBlock): ClientHttp2Stream {
    const stream = this.#session.request(headers)
    outlive(this.#session, stream)
    this.#calls++
    this.#openCalls++
    this.#life?.setWaiting(true)
    stream.once('close', () => {
      this.#openCalls--
      if (this.#openCalls === 0) this.#life?.setWaiting(false)
    })
    return stream
  }

  /** Something of an answer has come. */
  noteAnswer(): void {
    this.#life?.noteAnswer()
  }

  /** Why a call ended when its connection did; undefined while the connection lives. */
  explainBreak(): SnetError | undefined {
    if (!this.#session.destroyed && !this.#session.closed) return undefined
    return this.#lost ?? connectionLost(this.#address.authority)
  }

  destroy(): void {
    this.#session.destroy()
  }

  #becomeReady(limits: ConnectionLimits): Promise<void> {
    const session = this.#session
    return new Promise((done, fail) => {
      const timer = setTimeout(
        () => session.destroy(new Error(`no connection within ${limits.connectTimeoutMs} ms`)),
        limits.connectTimeoutMs,
      )
      session.once('connect', (_session, socket) => {
        session.setLocalWindowSize(CONNECTION_WINDOW_BYTES)
        session.once('remoteSettings', () => {
          clearTimeout(timer)
          this.#life = this.#watch(socket, limits)
          done()
        })
      })
      session.once('close', () => {
        clearTimeout(timer)
        void this.#whyNotReady().then(fail)
      })
    })
  }

  async #whyNotReady(): Promise<SnetError> {
    const { authority } = this.#address
    const reason: NodeJS.ErrnoException = this.#error ?? new Error('the connection was closed')
    // Somebody answered, and it was not HTTP/2.
    const isAnswered = /^ERR_(HTTP2|SSL)/.test(reason.code ?? '')
    if (isAnswered && (await speaksOnlyHttp1(this.#address))) return isNoGrpc(authority)
    return cannotConnect(authority, reason)
  }

  #watch(socket: Socket, limits: ConnectionLimits): SignsOfLife {
    const session = this.#session
    return new SignsOfLife(session, socket, limits, {
      onDead: () => {
        this.#lost = noSignOfLife(this.#address.authority)
        session.destroy()
      },
      onIdle: () => session.close(),
    })
  }
}
