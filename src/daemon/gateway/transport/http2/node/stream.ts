import type { ServerHttp2Stream } from 'node:http2'
import type { Form } from '../../form.js'
import type { ServedStream } from '../served-stream.js'
import { cutOff, stopClient } from './leave.js'
import { NodeOutlet } from './outlet.js'
import { NodeRequest } from './request.js'

/** A request on a stream of node:http2. */
export class ServedNodeStream implements ServedStream {
  readonly #stream: ServerHttp2Stream

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream
  }

  get isGone(): boolean {
    return this.#stream.destroyed || this.#stream.closed
  }

  outlet(form: Form): NodeOutlet {
    return new NodeOutlet(this.#stream, form)
  }

  openBody(): NodeRequest {
    return new NodeRequest(this.#stream)
  }

  answer(head: Readonly<Record<string, string>>, body: string): void {
    this.#stream.respond({ ...head })
    this.#stream.end(body)
    stopClient(this.#stream)
  }

  cutOff(): void {
    cutOff(this.#stream)
  }

  onClose(listener: () => void): void {
    this.#stream.once('close', listener)
  }
}
