import { SnetError } from '../../shared/errors.js'
import type { Call, Connection, Filter } from './call.js'
import { Line, type Place } from '../../shared/line.js'
import { Outstanding } from './tracked-set.js'

export interface Places {
  readonly inAll: number
  /** How many of them one connection may have. */
  readonly perConnection: number
}

/** The calls being served, bounded; once closed, no more are taken and the last one to leave is waited for. */
export class CallLimit {
  readonly #places: Places
  readonly #line = new Line<Call>()
  readonly #serving = new Outstanding()
  readonly #served = new Outstanding()
  readonly #ofConnection = new Map<Connection, number>()
  #closed: SnetError | undefined

  constructor(places: Places) {
    this.#places = places
  }

  get inFlight(): number {
    return this.#line.size
  }

  enter(call: Call): Place<Call> {
    if (this.#closed) throw this.#closed
    const { inAll, perConnection } = this.#places
    if (this.#line.size >= inAll) throw full(`the daemon serves ${inAll} calls already`)
    const others = this.#ofConnection.get(call.connection) ?? 0
    if (others >= perConnection) throw full(`the daemon serves ${others} calls of this connection already`)
    this.#ofConnection.set(call.connection, others + 1)
    this.#serving.enter()
    return this.#line.join(call)
  }

  leave(place: Place<Call>): void {
    const { connection } = place.who
    const others = (this.#ofConnection.get(connection) ?? 0) - 1
    if (others > 0) this.#ofConnection.set(connection, others)
    else this.#ofConnection.delete(connection)
    this.#line.leave(place)
    this.#serving.leave()
  }

  /** A call that was served is waited for until its client has the answer, but has no place any more. */
  deliver(call: Call): void {
    this.#served.enter()
    call.whenGone(() => this.#served.leave())
  }

  close(): void {
    this.#closed ??= stoppingError()
  }

  /** Resolves when no call is being served. */
  whenIdle(): Promise<void> {
    return this.#serving.none()
  }

  /** Resolves when no call is being served, and every client has its answer. */
  async whenDelivered(): Promise<void> {
    await this.#serving.none()
    await this.#served.none()
  }

  /** Ends what is still served. */
  cut(): void {
    const reason = new SnetError('unavailable', 'the daemon stopped before the call had ended', {
      hint: 'The payment was not kept; the same signed amount works again.',
    })
    for (const call of this.#line.all) call.abort(reason)
  }
}

const full = (message: string): SnetError => new SnetError('rate-limited', message, { hint: 'Try again later.' })

/** What calls are told that come too late, or have not begun. */
export const stoppingError = (): SnetError =>
  new SnetError('unavailable', 'the daemon is stopping', { hint: 'Try another replica, or again later.' })

export const limit =
  (calls: CallLimit): Filter =>
  async (call, next) => {
    const place = calls.enter(call)
    try {
      await next()
      calls.deliver(call)
    } finally {
      calls.leave(place)
    }
  }
