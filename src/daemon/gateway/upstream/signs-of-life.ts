import type { ServiceSession } from './service-stream.js'

export interface LifeLimits {
  /** Silence before the peer is asked for a sign of life: the first time, the second, and so on; the last one repeats. */
  readonly askAfterMs: readonly number[]
  /** Then it has so long to say anything at all. */
  readonly answerMs: number
  /** What was heard from so lately is taken to live. */
  readonly freshMs: number
}

export interface LifeEvents {
  /** The peer was asked and says nothing. */
  readonly onDead: () => void
  /** Nobody waits for the peer, and it was not heard from for long. */
  readonly onIdle: () => void
}

const TICKS_PER_LIMIT = 4
/** The part of the time for an answer after which the peer is in doubt. */
const DOUBT = 4

/**
 * Whether anybody is behind a connection on which calls wait. A PING is what shows it: a process that was stopped, or a
 * way that swallows everything, leaves the connection open. It is sent seldom, and only while calls wait: gRPC servers
 * give up a client that sends a third PING within 5 minutes and without an answer of theirs in between.
 */
export class SignsOfLife {
  readonly #session: Pick<ServiceSession, 'ping' | 'bytesRead'>
  readonly #limits: LifeLimits
  readonly #events: LifeEvents
  readonly #timer: NodeJS.Timeout
  #heardBytes = 0
  #heardAt = performance.now()
  /** Undefined while no call waits. */
  #waitingSince: number | undefined
  #askedAt: number | undefined
  #timesAsked = 0

  constructor(session: Pick<ServiceSession, 'ping' | 'bytesRead'>, limits: LifeLimits, events: LifeEvents) {
    this.#session = session
    this.#limits = limits
    this.#events = events
    const shortest = Math.min(limits.answerMs, limits.freshMs, ...limits.askAfterMs)
    this.#timer = setInterval(() => this.#look(), shortest / TICKS_PER_LIMIT)
  }

  get isFresh(): boolean {
    this.#listen()
    return performance.now() - this.#heardAt < this.#limits.freshMs
  }

  /** True when a PING takes longer to be answered than the way there and back explains. */
  get isInDoubt(): boolean {
    this.#listen()
    return this.#askedAt !== undefined && performance.now() - this.#askedAt > this.#limits.answerMs / DOUBT
  }

  setWaiting(isWaiting: boolean): void {
    if (!isWaiting) this.#askedAt = this.#waitingSince = undefined
    else this.#waitingSince ??= performance.now()
  }

  /** A call was answered something: that is when servers forget the PINGs that they have seen. */
  noteAnswer(): void {
    this.#timesAsked = 0
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #listen(): void {
    const { bytesRead } = this.#session
    if (bytesRead === this.#heardBytes) return
    this.#heardBytes = bytesRead
    this.#heardAt = performance.now()
    this.#askedAt = undefined
  }

  #look(): void {
    this.#listen()
    if (this.#askedAt !== undefined) {
      if (performance.now() - this.#askedAt >= this.#limits.answerMs) this.#events.onDead()
    } else if (this.#waitingSince !== undefined) {
      this.#askIfSilent(this.#waitingSince)
    } else if (!this.isFresh) {
      this.#events.onIdle()
    }
  }

  #askIfSilent(waitingSince: number): void {
    const { askAfterMs } = this.#limits
    const wait = askAfterMs[Math.min(this.#timesAsked, askAfterMs.length - 1)] as number
    const now = performance.now()
    if (now - Math.max(this.#heardAt, waitingSince) < wait || !this.#session.ping()) return
    this.#askedAt = now
    this.#timesAsked++
  }
}
