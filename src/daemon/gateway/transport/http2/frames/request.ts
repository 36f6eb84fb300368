import type { RequestSource } from '../../../call.js'
import type { WatchedStream } from './watched-stream.js'

/** The request of a stream: the client may send more as what has come is read. */
export class FramedRequest implements RequestSource {
  readonly #watched: WatchedStream

  constructor(watched: WatchedStream) {
    this.#watched = watched
  }

  read(): Buffer | undefined {
    return this.#watched.stream.read()
  }

  unread(bytes: Buffer): void {
    this.#watched.stream.unread(bytes)
  }

  get isEnded(): boolean {
    return this.#watched.stream.isReadToEnd
  }

  onNews(listener: () => void): () => void {
    return this.#watched.whenNews(listener)
  }
}
