import { SnetError } from '../../shared/errors.js'
import type { Call, Connection } from './call.js'
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
  readonly #served = new Outstanding()
  readonly #onDelivered = (): void => this.#served.leave()
  readonly #ofConnection = new WeakMap<Connection, { calls: number }>()
  #onIdle: (() => void)[] = []
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
    const others = this.#ofOne(call.connection)
    if (others.calls >= perConnection) throw full(`the daemon serves ${others.calls} calls of this connection already`)
    others.calls++
    return this.#line.join(call)
  }

  leave(place: Place<Call>): void {
    this.#ofOne(place.who.connection).calls--
    this.#line.leave(place)
    if (this.#line.size === 0) for (const resolve of this.#onIdle.splice(0)) resolve()
  }

  /** A call that was served is waited for until its client has the answer, but has no place any more. */
  deliver(call: Call): void {
    this.#served.enter()
    call.whenGone(this.#onDelivered)
  }

  close(): void {
    this.#closed ??= stoppingError()
  }

  /** Resolves when no call is being served. */
  async whenIdle(): Promise<void> {
    if (this.#line.size > 0) await new Promise<void>((done) => this.#onIdle.push(done))
  }

  /** Resolves when no call is being served, and every client has its answer. */
  async whenDelivered(): Promise<void> {
    await this.whenIdle()
    await this.#served.none()
  }

  /** Ends what is still served. */
  cut(): void {
    const reason = new SnetError('unavailable', 'the daemon stopped before the call had ended', {
      hint: 'The payment was not kept; the same signed amount works again.',
    })
    for (const call of this.#line.all) call.abort(reason)
  }

  #ofOne(connection: Connection): { calls: number } {
    const known = this.#ofConnection.get(connection)
    if (known) return known
    const made = { calls: 0 }
    this.#ofConnection.set(connection, made)
    return made
  }
}

const full = (message: string): SnetError => new SnetError('rate-limited', message, { hint: 'Try again later.' })

/** What calls are told that come too late, or have not begun. */
export const stoppingError = (): SnetError =>
  new SnetError('unavailable', 'the daemon is stopping', { hint: 'Try another replica, or again later.' })
