import type { FrameStream, StreamEvents } from '../../frames/index.js'
import type { ServiceStream, ServiceStreamEvents } from '../service-stream.js'

/** A call on a stream of our own frame layer. */
export class FramedServiceStream implements ServiceStream, StreamEvents {
  readonly #stream: FrameStream
  #events: ServiceStreamEvents | undefined
  readonly #onClosed: () => void
  #isPaused = false
  #hasTold = false

  /** @param onClosed is told when the stream is over */
  constructor(stream: FrameStream, onClosed: () => void) {
    this.#stream = stream
    this.#onClosed = onClosed
    stream.events = this
  }

  listen(events: ServiceStreamEvents): void {
    this.#events = events
  }

  onFields(fields: readonly string[], isTrailers: boolean): void {
    if (isTrailers) this.#events?.onTrailers(fields)
    else this.#events?.onHeaders(fields)
  }

  onNews(): void {
    if (this.#events) this.#tell()
  }

  onRoom(): void {
    this.#events?.onDrain()
  }

  onClose(code: number | undefined): void {
    this.#onClosed()
    this.#events?.onClose(code ?? 0)
  }

  get needsDrain(): boolean {
    return this.#stream.isFull
  }

  write(chunk: Buffer): void {
    this.#stream.write(chunk)
  }

  end(): void {
    this.#stream.end()
  }

  get hasEnded(): boolean {
    return this.#stream.hasLocalEnd
  }

  get isAllSent(): boolean {
    return this.#stream.hasLocalEnded
  }

  get isClosed(): boolean {
    return this.#stream.isClosed
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#tell()
  }

  get unreadBytes(): number {
    return this.#stream.unreadBytes + this.#stream.lostBytes
  }

  reset(code: number): void {
    this.#stream.reset(code)
  }

  #tell(): void {
    const stream = this.#stream
    while (!this.#isPaused) {
      const chunk = stream.read()
      if (!chunk) break
      this.#events?.onData(chunk)
    }
    if (this.#hasTold || !stream.isReadToEnd) return
    this.#hasTold = true
    this.#events?.onEnd()
  }
}
