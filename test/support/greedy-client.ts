import { once } from 'node:events'
import { type ClientHttp2Session, connect } from 'node:http2'
import { connect as connectTcp, type Socket } from 'node:net'
import { callByHand, type ByHand, type Outcome } from './by-hand.js'

/** So many answers to PINGs without a byte more than those say that a client waits for a window. */
const QUIET_PINGS = 5
const PING_BYTES = 17
/** It keeps what it may not send yet. */
const MEMORY_MB = 1_000

/** A client that sends whatever the windows of HTTP/2 let it, and counts what its socket took. */
export class GreedyClient implements Disposable {
  readonly session: ClientHttp2Session
  readonly #socket: Socket
  #pings = 0

  constructor({ host, port }: { readonly host: string; readonly port: number }) {
    this.#socket = connectTcp(port, host)
    this.session = connect(`http://${host}:${port}`, {
      createConnection: () => this.#socket,
      maxSessionMemory: MEMORY_MB,
    })
    this.session.on('error', () => undefined)
  }

  call(call: ByHand): Promise<Outcome> {
    return callByHand(this.session, call)
  }

  /** Bytes that have left, but for those of its PINGs, once it may send no more. */
  async sentUntilHeld(): Promise<number> {
    let sent = -1
    for (let quiet = 0; quiet < QUIET_PINGS;) {
      await this.ping()
      const now = this.#socket.bytesWritten - this.#pings * PING_BYTES
      quiet = now === sent ? quiet + 1 : 0
      sent = now
    }
    return sent
  }

  /** Resolves once the other side has read what was sent before. */
  async ping(): Promise<void> {
    // One that connects would take it for answered.
    if (this.session.connecting) await once(this.session, 'connect')
    this.#pings++
    await new Promise<void>((done) => this.session.ping(() => done()))
  }

  [Symbol.dispose](): void {
    this.session.destroy()
  }
}
