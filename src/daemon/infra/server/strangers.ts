import type { Socket } from 'node:net'

/** Both ends of a connection, as a socket and a call of it know them alike. */
export interface ConnectionEnds {
  readonly localAddress?: string | undefined
  readonly localPort?: number | undefined
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
}

export interface StrangersConfig {
  /** How many may be connected at once. */
  readonly places: number
  /** How long one may take from connecting to its first call with every credential, TLS and first bytes included. */
  readonly timeMs: number
}

/**
 * The time passes in so many steps. While the daemon itself stands still it cannot read what a client has sent: such a
 * standstill, however long, counts as one step.
 */
const STEPS = 10

interface Stranger {
  readonly socket: Socket
  readonly address: string
  readonly timer: NodeJS.Timeout
}

/**
 * Connections that have not shown a credential yet. They have few places and little time. A newcomer is never turned away:
 * the oldest connection of the address that has the most goes instead, so that nobody can keep a controller out.
 */
export class Strangers {
  readonly #config: StrangersConfig
  /** Oldest first. */
  readonly #byEnds = new Map<string, Stranger>()

  constructor(config: StrangersConfig) {
    this.#config = config
  }

  meet(socket: Socket): void {
    const key = keyOfEnds(socket)
    let steps = 0
    const timer = setInterval(() => {
      if (++steps === STEPS) socket.destroy()
    }, this.#config.timeMs / STEPS).unref()
    const stranger = { socket, address: socket.remoteAddress ?? '', timer }
    this.#byEnds.set(key, stranger)
    socket.once('close', () => {
      if (this.#byEnds.get(key) === stranger) this.admit(socket)
      clearInterval(timer)
    })
    if (this.#byEnds.size > this.#config.places) this.#oldestOfTheMany()?.socket.destroy()
  }

  /** A call of this connection has shown every credential that is wanted: it is a stranger no more. */
  admit(connection: ConnectionEnds): void {
    const key = keyOfEnds(connection)
    clearInterval(this.#byEnds.get(key)?.timer)
    this.#byEnds.delete(key)
  }

  #oldestOfTheMany(): Stranger | undefined {
    const byAddress = new Map<string, Stranger[]>()
    for (const stranger of this.#byEnds.values()) {
      const others = byAddress.get(stranger.address)
      if (others) others.push(stranger)
      else byAddress.set(stranger.address, [stranger])
    }
    const [most] = [...byAddress.values()].sort((a, b) => b.length - a.length)
    return most?.[0]
  }
}

const keyOfEnds = ({ localAddress, localPort, remoteAddress, remotePort }: ConnectionEnds): string =>
  `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`
