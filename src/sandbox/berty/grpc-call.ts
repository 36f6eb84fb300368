import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { bertyCodecs } from '../../shared/wire/grpc/index.js'
import type { EraTraits } from './eras.js'
import { CallFailure } from './errors.js'
import { messagesIn, toFrame } from './grpc-frames.js'

/** One call as a handler sees it. As at Berty itself, the headers go out with the first message (berty 3.7). */
export class GrpcCall {
  readonly #closed = new AbortController()
  #isCorked = false

  constructor(
    readonly path: string,
    private readonly stream: ServerHttp2Stream,
    private readonly traits: EraTraits,
  ) {
    stream.on('error', () => undefined) // a client that goes away is no fault of ours
    stream.once('close', () => this.#closed.abort())
  }

  get signal(): AbortSignal {
    return this.#closed.signal
  }

  messages(): AsyncGenerator<Buffer> {
    return messagesIn(this.stream)
  }

  /** False if the sender should wait for the client, see `drained`. */
  send(frame: Buffer): boolean {
    if (this.stream.destroyed || this.stream.writableEnded) return true
    if (!this.stream.headersSent) this.#respond({})
    this.#cork()
    return this.stream.write(frame)
  }

  get isFull(): boolean {
    return this.stream.writableNeedDrain
  }

  /** Calls back when the client has read, and never after the end of the call. */
  onceDrained(act: () => void): void {
    this.stream.once('drain', act)
  }

  drained(): Promise<void> {
    const { stream } = this
    return new Promise((resolve) => {
      if (!this.isFull || this.signal.aborted) return resolve()
      const finish = (): void => {
        stream.off('drain', finish)
        stream.off('close', finish)
        resolve()
      }
      stream.once('drain', finish)
      stream.once('close', finish)
    })
  }

  end(message?: Uint8Array): void {
    if (message) this.send(toFrame(message))
    this.#finish({ 'grpc-status': '0', 'grpc-message': '' })
  }

  fail(thrown: unknown): void {
    const failure = thrown instanceof CallFailure ? thrown : new CallFailure(2, `panic recover: ${String(thrown)}`)
    this.#finish(trailersOf(failure, this.traits))
  }

  #finish(trailers: OutgoingHttpHeaders): void {
    const { stream } = this
    if (stream.destroyed || stream.writableEnded) return
    if (!stream.headersSent) {
      stream.respond({ ...RESPONSE, ...trailers }, { endStream: true })
    } else {
      this.#trailers = trailers
      stream.end()
    }
    // Nobody needs the rest of the request: this stops a client in the middle of an upload.
    if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR)
  }

  #trailers: OutgoingHttpHeaders = {}

  #respond(headers: OutgoingHttpHeaders): void {
    this.stream.respond({ ...RESPONSE, ...headers }, { waitForTrailers: true })
    this.stream.once('wantTrailers', () => this.stream.sendTrailers(this.#trailers))
  }

  /** Frames written in one turn go out together. */
  #cork(): void {
    if (this.#isCorked) return
    this.#isCorked = true
    this.stream.cork()
    process.nextTick(() => {
      this.#isCorked = false
      this.stream.uncork()
    })
  }
}

const RESPONSE = { ':status': 200, 'content-type': 'application/grpc' }

function trailersOf({ status, message, codes }: CallFailure, { errorPackage }: EraTraits): OutgoingHttpHeaders {
  const told = { 'grpc-status': String(status), 'grpc-message': escapeMessage(message) }
  if (codes.length === 0) return told
  const details = bertyCodecs.errorStatus.encode({
    code: status,
    message,
    details: [
      {
        type_url: `type.googleapis.com/${errorPackage}.ErrDetails`,
        value: bertyCodecs.errorDetails.encode({ codes: [...codes] }),
      },
    ],
  })
  return { ...told, 'grpc-status-details-bin': details.toString('base64').replace(/=+$/, '') }
}

/** Percent-encodes the characters that a header cannot carry. */
const escapeMessage = (text: string): string =>
  Array.from(Buffer.from(text), (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
