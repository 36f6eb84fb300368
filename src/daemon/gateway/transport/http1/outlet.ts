import type { Socket } from 'node:net'
import type { HeaderList } from '../../header-list.js'
import type { Form } from '../form.js'
import type { Outlet } from '../outlet.js'
import type { Head } from './head.js'

/** The way out of a request on a connection of HTTP/1.1. */
export class Http1Outlet implements Outlet {
  readonly #socket: Socket
  readonly #form: Form
  readonly #isChunked: boolean
  readonly #keepsAlive: () => boolean
  readonly #listeners: (() => void)[] = []
  #hasBegun = false
  #isOver = false

  /** @param keepsAlive whether another request may follow, asked when the answer begins */
  constructor(socket: Socket, form: Form, { version }: Pick<Head, 'version'>, keepsAlive: () => boolean) {
    this.#socket = socket
    this.#form = form
    this.#isChunked = version === '1.1'
    this.#keepsAlive = keepsAlive
    socket.once('close', this.#settle)
  }

  get isGone(): boolean {
    return this.#isOver || this.#socket.destroyed || !this.#socket.writable
  }

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  begin(headers: HeaderList): void {
    this.#sendHead(headers, this.#isChunked ? ['transfer-encoding', 'chunked'] : [])
  }

  encode(bytes: Buffer): Buffer {
    return this.#form.encode(bytes)
  }

  write(encoded: Buffer, onTaken: (bytes: number) => void): boolean {
    const taken = (): void => onTaken(encoded.length)
    // A chunk without bytes would end the answer.
    if (encoded.length === 0) taken()
    else if (this.#isChunked) this.#writeChunk(encoded, taken)
    else this.#socket.write(encoded, taken)
    return !this.#socket.writableNeedDrain
  }

  whenRoom(): Promise<void> {
    return new Promise((done) => {
      if (this.isGone) return done()
      const settle = (): void => {
        this.#socket.off('drain', settle).off('close', settle)
        done()
      }
      this.#socket.on('drain', settle).on('close', settle)
    })
  }

  end(trailers: HeaderList): void {
    if (!this.#hasBegun) return this.#sendHead(trailers, ['content-length', '0'], this.#settle)
    const last = this.#form.lastBytes(trailers) ?? NOTHING
    if (!this.#isChunked) return void this.#socket.write(last, this.#settle)
    this.#socket.cork()
    this.#writeChunk(last, () => undefined)
    this.#socket.write('0\r\n\r\n', 'latin1', this.#settle)
    this.#socket.uncork()
  }

  cutOff(): void {
    this.#socket.destroy()
  }

  onClose(listener: () => void): void {
    if (this.#isOver) listener()
    else this.#listeners.push(listener)
  }

  #sendHead(headers: HeaderList, own: readonly string[], onTaken = (): void => undefined): void {
    this.#hasBegun = true
    const connection = this.#keepsAlive() ? 'keep-alive' : 'close'
    const fields = this.#form.head(headers, [...own, 'connection', connection, 'date', new Date().toUTCString()])
    let head = 'HTTP/1.1 200 OK\r\n'
    for (let at = 0; at < fields.length; at += 2) head += `${fields[at]}: ${fields[at + 1]}\r\n`
    this.#socket.write(`${head}\r\n`, 'latin1', onTaken)
  }

  #writeChunk(bytes: Buffer, onTaken: () => void): void {
    this.#socket.cork()
    this.#socket.write(`${bytes.length.toString(16)}\r\n`, 'latin1')
    this.#socket.write(bytes, onTaken)
    this.#socket.write('\r\n', 'latin1')
    this.#socket.uncork()
  }

  readonly #settle = (): void => {
    if (this.#isOver) return
    this.#isOver = true
    this.#socket.off('close', this.#settle)
    for (const listener of this.#listeners.splice(0)) listener()
  }
}

const NOTHING = Buffer.alloc(0)
