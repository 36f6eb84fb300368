import { constants, type ServerHttp2Stream } from 'node:http2'
import { toHeaderFields } from '../../../http2-headers/header-fields.js'
import { toNodeBlock } from '../../../http2-headers/node-block.js'
import type { HeaderList } from '../../../header-list.js'
import type { Form } from '../../form.js'
import type { Outlet } from '../../outlet.js'
import { cutOff, stopClient } from './leave.js'

/** The way out of a request on a node:http2 stream. */
export class NodeOutlet implements Outlet {
  readonly #stream: ServerHttp2Stream
  readonly #form: Form

  constructor(stream: ServerHttp2Stream, form: Form) {
    this.#stream = stream
    this.#form = form
  }

  get isGone(): boolean {
    return this.#stream.destroyed || this.#stream.closed
  }

  get hasBegun(): boolean {
    return this.#stream.headersSent
  }

  begin(headers: HeaderList): void {
    this.#stream.respond(toNodeBlock(this.#form.head(headers, OK)), { waitForTrailers: true })
  }

  encode(bytes: Buffer): Buffer {
    return this.#form.encode(bytes)
  }

  write(encoded: Buffer, onTaken: (bytes: number) => void): boolean {
    return this.#stream.write(encoded, () => onTaken(encoded.length))
  }

  whenRoom(): Promise<void> {
    return new Promise((done) => {
      if (this.isGone) return done()
      const settle = (): void => {
        this.#stream.off('drain', settle).off('close', settle)
        done()
      }
      this.#stream.on('drain', settle).on('close', settle)
    })
  }

  end(trailers: HeaderList): void {
    if (!this.hasBegun) {
      // Trailers-Only: the status travels in the one and only header block.
      this.#stream.respond(toNodeBlock(this.#form.head(trailers, OK)), { endStream: true })
      return stopClient(this.#stream)
    }
    const last = this.#form.lastBytes(trailers)
    this.#stream.once('wantTrailers', () => {
      try {
        this.#stream.sendTrailers(last ? {} : toNodeBlock(toHeaderFields(trailers)))
        stopClient(this.#stream)
      } catch {
        // Thrown on, it would end the process: nobody stands above an event of node's.
        this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR)
      }
    })
    this.#stream.end(last)
  }

  cutOff(isTooMuch = false): void {
    cutOff(this.#stream, isTooMuch ? constants.NGHTTP2_ENHANCE_YOUR_CALM : constants.NGHTTP2_CANCEL)
  }

  onClose(listener: () => void): void {
    this.#stream.once('close', listener)
  }
}

const OK = [':status', '200']
