import type { HeaderList } from '../../../header-list.js'
import { toTrailers } from '../../../http2-headers/header-fields.js'
import type { Form } from '../../form.js'
import type { Outlet } from '../../outlet.js'
import type { WatchedStream } from './watched-stream.js'

/** The way out of a request on a stream of our own frame layer. */
export class FramedOutlet implements Outlet {
  readonly #watched: WatchedStream
  readonly #form: Form

  constructor(watched: WatchedStream, form: Form) {
    this.#watched = watched
    this.#form = form
  }

  get isGone(): boolean {
    return this.#watched.isGone
  }

  get hasBegun(): boolean {
    return this.#watched.stream.headersSent
  }

  begin(headers: HeaderList): void {
    this.#watched.stream.sendHeaders(this.#form.head(headers, OK))
  }

  encode(bytes: Buffer): Buffer {
    return this.#form.encode(bytes)
  }

  write(encoded: Buffer, onTaken: (bytes: number) => void): boolean {
    return this.#watched.stream.write(encoded, onTaken)
  }

  whenRoom(): Promise<void> {
    return this.#watched.whenRoom()
  }

  end(trailers: HeaderList): void {
    const { stream } = this.#watched
    if (!this.hasBegun) {
      // Trailers-Only: the status travels in the one and only header block.
      stream.sendHeaders(this.#form.head(trailers, OK), true)
    } else {
      const last = this.#form.lastBytes(trailers)
      if (last) stream.write(last)
      stream.end(last ? undefined : toTrailers(trailers.fields))
    }
  }

  cutOff(isTooMuch = false): void {
    this.#watched.cutOff(isTooMuch)
  }

  onClose(listener: () => void): void {
    this.#watched.whenClosed(listener)
  }
}

const OK = [':status', '200']
