import type { Socket } from 'node:net'
import { SnetError } from '../../../../shared/errors.js'
import type { RequestSource } from '../../call.js'
import { ArrivedBytes } from '../../frames/index.js'
import { type BodyReader, readerOf } from './body-reader.js'
import type { BodyKind } from './head.js'

/** What a client may send ahead of what is read. */
const MAX_UNREAD_BYTES = 64 * 1024

/** The body of a request on a connection of HTTP/1.1: the client may send more as what has come is read. */
export class Http1Request implements RequestSource {
  readonly #socket: Socket
  readonly #reader: BodyReader
  readonly #listeners = new Set<() => void>()
  #arrived = new ArrivedBytes()
  #unreadBytes = 0
  #hasBegun = false
  /** Behind the end of the body. */
  #ahead: Buffer
  #state: 'wanted' | 'unwanted' | 'malformed' = 'wanted'
  #onMalformed: (error: SnetError) => void = () => undefined

  /** @param ahead what has come behind the head */
  constructor(socket: Socket, kind: BodyKind, ahead: Buffer) {
    this.#socket = socket
    this.#reader = readerOf(kind)
    this.#ahead = ahead
  }

  /** Begins to take what comes. */
  open(onMalformed: (error: SnetError) => void): this {
    this.#onMalformed = onMalformed
    this.#begin()
    return this
  }

  read(): Buffer | undefined {
    const chunk = this.#arrived.shift()
    this.#unreadBytes -= chunk?.length ?? 0
    this.#goOn()
    return chunk
  }

  unread(bytes: Buffer): void {
    this.#arrived.putBack(bytes)
    this.#unreadBytes += bytes.length
  }

  get isEnded(): boolean {
    return this.#state === 'wanted' && this.#reader.isEnded && this.#arrived.isEmpty
  }

  onNews(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Throws away what still comes of the body: a client may look at its answer only when it has sent it all.
   * Resolves with what came behind it; undefined where it does not end in time, or was no body.
   */
  async rest(timeoutMs: number): Promise<Buffer | undefined> {
    if (this.#state === 'wanted') this.#state = 'unwanted'
    this.#arrived = new ArrivedBytes()
    this.#unreadBytes = 0
    this.#begin()
    this.#goOn()
    const isInTime = this.#reader.isEnded || (await this.#end(timeoutMs))
    this.#socket.off('data', this.#take).pause()
    return isInTime && this.#state !== 'malformed' ? this.#ahead : undefined
  }

  #begin(): void {
    if (this.#hasBegun) return
    this.#hasBegun = true
    this.#socket.on('data', this.#take)
    this.#take(this.#ahead)
  }

  /** Whether the body ended while there was still somebody to send it. */
  #end(timeoutMs: number): Promise<boolean> {
    return new Promise((done) => {
      const settle = (): void => {
        clearTimeout(timer)
        stop()
        this.#socket.off('close', settle)
        done(this.#reader.isEnded)
      }
      const timer = setTimeout(settle, timeoutMs)
      const stop = this.onNews(() => (this.#reader.isEnded || this.#state === 'malformed') && settle())
      this.#socket.once('close', settle)
      if (this.#socket.destroyed || this.#state === 'malformed') settle()
    })
  }

  readonly #take = (bytes: Buffer): void => {
    if (this.#state === 'malformed') return
    if (this.#reader.isEnded) this.#ahead = Buffer.concat([this.#ahead, bytes])
    else this.#takeBody(bytes)
    this.#goOn()
    for (const listener of [...this.#listeners]) listener()
  }

  #takeBody(bytes: Buffer): void {
    const parts = this.#reader.read(bytes)
    if (!parts) {
      this.#state = 'malformed'
      return this.#onMalformed(new SnetError('invalid-request', 'the chunks of the request are malformed'))
    }
    this.#ahead = parts.rest
    if (this.#state !== 'wanted' || parts.body.length === 0) return
    this.#arrived.push(parts.body)
    this.#unreadBytes += parts.body.length
  }

  /** As long as it flows, it tells when the client closes it. */
  #goOn(): void {
    const isFull = this.#unreadBytes >= MAX_UNREAD_BYTES || (this.#reader.isEnded && this.#ahead.length > 0)
    if (isFull) this.#socket.pause()
    else this.#socket.resume()
  }
}
