import { type ClientHttp2Stream, constants } from 'node:http2'
import type { ServiceStream, ServiceStreamEvents } from '../service-stream.js'

/** A call on a stream of node:http2. */
export class NodeStream implements ServiceStream {
  readonly #stream: ClientHttp2Stream

  constructor(stream: ClientHttp2Stream) {
    this.#stream = stream
  }

  listen(events: ServiceStreamEvents): void {
    const stream = this.#stream
    stream.on('response', (_headers, _flags, ...[raw]: unknown[]) => {
      events.onHeaders(raw as string[])
      // Not before: node tells of headers one tick late, and of data that came with them at once.
      stream.on('data', (chunk: Buffer) => events.onData(chunk))
      stream.once('end', () => events.onEnd())
    })
    stream.on('trailers', (_headers, _flags, ...[raw]: unknown[]) => {
      events.onTrailers(raw as string[])
      if (stream.readableEnded) events.onEnd()
    })
    // Node would wait for what was not sent of the request, though the service has reset the stream without an error.
    stream.once('end', () => stream.closed && stream.destroy())
    // What broke is told when the stream is closed.
    stream.on('error', () => undefined)
    stream.once('close', () => events.onClose(stream.rstCode))
    stream.on('drain', () => events.onDrain())
  }

  get needsDrain(): boolean {
    return this.#stream.writableNeedDrain
  }

  write(chunk: Buffer): void {
    if (!this.#stream.destroyed) this.#stream.write(chunk)
  }

  end(): void {
    this.#stream.end()
  }

  get hasEnded(): boolean {
    return this.#stream.writableEnded
  }

  get isAllSent(): boolean {
    return this.#stream.writableFinished
  }

  get isClosed(): boolean {
    return this.#stream.closed
  }

  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  get unreadBytes(): number {
    return this.#stream.readableLength
  }

  /**
   * With the code of no error node waits until the rest of an ended request has gone out; destroyed before that, its stream is
   * gone and that of nghttp2 is not, which then sends empty frames without end as soon as the service opens its window.
   */
  reset(code: number): void {
    const { writableEnded, writableFinished } = this.#stream
    const waits = code === constants.NGHTTP2_NO_ERROR && writableEnded && !writableFinished
    this.#stream.close(waits ? constants.NGHTTP2_CANCEL : code)
  }
}
