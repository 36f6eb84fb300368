import type { FrameStream } from '../../../frames/index.js'
import type { Form } from '../../form.js'
import type { ServedStream } from '../served-stream.js'
import { FramedOutlet } from './outlet.js'
import { FramedRequest } from './request.js'
import { WatchedStream } from './watched-stream.js'

/** A request on a stream of our own frame layer. */
export class ServedFrameStream implements ServedStream {
  readonly #watched: WatchedStream

  constructor(stream: FrameStream) {
    this.#watched = new WatchedStream(stream)
  }

  get isGone(): boolean {
    return this.#watched.isGone
  }

  outlet(form: Form): FramedOutlet {
    return new FramedOutlet(this.#watched, form)
  }

  openBody(): FramedRequest {
    return new FramedRequest(this.#watched)
  }

  answer(head: Readonly<Record<string, string>>, body: string): void {
    const { stream } = this.#watched
    stream.sendHeaders(Object.entries(head).flat())
    if (body !== '') stream.write(Buffer.from(body))
    stream.end()
  }

  cutOff(): void {
    this.#watched.cutOff()
  }

  onClose(listener: () => void): void {
    this.#watched.whenClosed(listener)
  }
}
