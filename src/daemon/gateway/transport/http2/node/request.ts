import type { ServerHttp2Stream } from 'node:http2'
import type { RequestSource } from '../../../call.js'

/** The request of a node:http2 stream: the client may send more as what has come is read. */
export class NodeRequest implements RequestSource {
  readonly #stream: ServerHttp2Stream
  /** Not in the stream: it takes nothing back once it has ended. */
  readonly #putBack: Buffer[] = []

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream
  }

  read(): Buffer | undefined {
    return this.#putBack.pop() ?? (this.#stream.read() as Buffer | null) ?? undefined
  }

  unread(bytes: Buffer): void {
    this.#putBack.push(bytes)
  }

  get isEnded(): boolean {
    return this.#stream.readableEnded && this.#putBack.length === 0
  }

  onNews(listener: () => void): () => void {
    const stream = this.#stream
    stream.on('readable', listener).on('end', listener)
    return () => stream.off('readable', listener).off('end', listener)
  }
}
