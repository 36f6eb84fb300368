import { type Cancelled, unlessAborted } from '../../../shared/cancellation.js'
import { type ConnectionLimits, ServiceConnection } from './service-connection.js'
import { noSignOfLife, serviceIsFull } from './service-status.js'
import type { OpenSession, ServiceAddress, ServiceStream } from './service-stream.js'

export interface PoolLimits extends ConnectionLimits {
  /** More connections are made as long as the service takes no further call on those that there are. */
  readonly maxConnections: number
}

export interface OpenCall {
  readonly stream: ServiceStream
  readonly connection: ServiceConnection
}

/** The connections to the service: as a rule one, made when the first call needs it and again when it is gone. */
export class ServicePool {
  readonly #address: ServiceAddress
  readonly #limits: PoolLimits
  readonly #openSession: OpenSession
  readonly #connections = new Set<ServiceConnection>()
  /** The one that is being made, for everybody who waits for one. */
  #opening: ServiceConnection | undefined

  constructor(address: ServiceAddress, limits: PoolLimits, openSession: OpenSession) {
    this.#address = address
    this.#limits = limits
    this.#openSession = openSession
  }

  /** Opens one call where a connection has room for it; undefined where there is none. */
  openNow(headers: readonly string[]): OpenCall | undefined {
    const connection = this.#withRoom()
    return connection && { connection, stream: connection.open(headers) }
  }

  /**
   * Opens one call as soon as a connection has room for it. Errors: `upstream-failed` when there is no connection or
   * the service takes no more calls; why the call is over.
   */
  async open(headers: readonly string[], cancelled: Cancelled): Promise<OpenCall> {
    for (;;) {
      cancelled.throwIfAborted()
      const opened = this.openNow(headers)
      if (opened) return opened
      if (!this.#opening && this.#isComplete) throw serviceIsFull()
      await unlessAborted(this.#next(), cancelled)
    }
  }

  /** Resolves when the service was heard from lately, or is now; rejects with what keeps it from answering. */
  async hear(): Promise<void> {
    const ready = [...this.#connections].filter((one) => one.isReady && !one.isInDoubt)
    if (ready.some((one) => one.isFresh)) return
    if (!this.#isComplete) await this.#next()
    else if (ready.length === 0) throw noSignOfLife(this.#address.shown)
  }

  destroy(): void {
    for (const connection of this.#connections) connection.destroy()
  }

  /** One that was silent for long is passed over for a new one, unless there may be no more. */
  #withRoom(): ServiceConnection | undefined {
    let silent: ServiceConnection | undefined
    for (const one of this.#connections) {
      if (!one.isReady || !one.hasRoom) continue
      if (one.isFresh && !one.isInDoubt) return one
      silent ??= one
    }
    return silent && this.#isComplete ? silent : undefined
  }

  get #isComplete(): boolean {
    const going = [...this.#connections].filter((one) => one.isGoing)
    return this.#connections.size - going.length >= this.#limits.maxConnections
  }

  #next(): Promise<void> {
    this.#opening ??= this.#make()
    return this.#opening.ready
  }

  #make(): ServiceConnection {
    const connection = new ServiceConnection(
      this.#address,
      { openSession: this.#openSession, limits: this.#limits },
      () => this.#connections.delete(connection),
    )
    this.#connections.add(connection)
    const done = (): void => {
      if (this.#opening === connection) this.#opening = undefined
    }
    connection.ready.then(done, done)
    return connection
  }
}
