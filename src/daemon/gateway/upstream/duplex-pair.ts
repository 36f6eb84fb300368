import { Duplex } from 'node:stream'

/** Two ends of a pipe inside this process: what is written to one is read from the other, with back-pressure. */
export function duplexPair(): [Duplex, Duplex] {
  const a = new Side()
  const b = new Side()
  a.peer = b
  b.peer = a
  return [a, b]
}

class Side extends Duplex {
  peer: Side | undefined
  #written: (() => void) | undefined

  override _read(): void {
    const written = this.#written
    this.#written = undefined
    written?.()
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const peer = this.peer as Side
    if (peer.push(chunk)) done()
    else peer.#written = done
  }

  override _final(done: () => void): void {
    this.peer?.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const peer = this.peer
    if (peer && !peer.destroyed) setImmediate(() => peer.destroy())
    done(error)
  }
}
