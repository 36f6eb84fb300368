import { STATUS_CODES } from 'node:http'
import type { Exchange } from '../transport/index.js'
import { Stall } from '../upstream/index.js'
import { FOR_ALL_PAGES } from './fields.js'
import type { HttpFault } from './http-fault.js'

export interface ReplyHead {
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Of the body; undefined where it is not known. */
  readonly length: number | undefined
}

/** The answer to one request, written as fast as its client takes it. */
export class PlainReply {
  readonly #exchange: Exchange
  readonly #stallMs: number
  #isChunked = false
  #hasBegun = false
  #keepsAlive = false

  /** @param stallMs so long a client may take nothing of what there is for him */
  constructor(exchange: Exchange, stallMs: number) {
    this.#exchange = exchange
    this.#stallMs = stallMs
  }

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** Whether another request may follow. */
  get keepsAlive(): boolean {
    return this.#keepsAlive
  }

  /** Whatever the service says: its status is not told (snet-wire 5.6). */
  begin({ fields, length }: ReplyHead): void {
    const { head, keepsAlive } = this.#exchange
    this.#isChunked = length === undefined && head.version === '1.1'
    this.#keepsAlive = head.keepsAlive && keepsAlive()
    const framing = length === undefined ? ['transfer-encoding', 'chunked'] : ['content-length', String(length)]
    this.#writeHead(200, [...fields, ...(length !== undefined || this.#isChunked ? [framing as [string, string]] : [])])
  }

  /** Resolves when there is room for more, or nobody left to write to. */
  async write(bytes: Buffer): Promise<void> {
    const { socket, head } = this.#exchange
    if (head.method === 'HEAD' || bytes.length === 0) return
    socket.cork()
    if (this.#isChunked) socket.write(`${bytes.length.toString(16)}\r\n`, 'latin1')
    socket.write(bytes)
    if (this.#isChunked) socket.write('\r\n', 'latin1')
    socket.uncork()
    if (socket.writableNeedDrain) await this.#taken((done) => socket.once('drain', done))
  }

  /** Resolves when the last byte is on its way. */
  async end(): Promise<void> {
    const { socket, head } = this.#exchange
    const last = this.#isChunked && head.method !== 'HEAD' ? '0\r\n\r\n' : ''
    await this.#taken((done) => socket.write(last, 'latin1', done))
  }

  /** In place of the service's answer. */
  async refuse({ status, message, retryAfterS }: HttpFault): Promise<void> {
    const body = `${message}\n`
    const about: [string, string][] = [
      ['content-type', 'text/plain; charset=utf-8'],
      ['x-content-type-options', 'nosniff'],
      ['content-length', String(Buffer.byteLength(body))],
      ...(retryAfterS === undefined ? [] : [['retry-after', String(retryAfterS)] as [string, string]]),
    ]
    this.#writeHead(status, [...FOR_ALL_PAGES, ...about])
    if (this.#exchange.head.method !== 'HEAD') this.#exchange.socket.write(body)
    await this.end()
  }

  #writeHead(status: number, fields: readonly (readonly [string, string])[]): void {
    this.#hasBegun = true
    const date = fields.some(([name]) => name.toLowerCase() === 'date') ? [] : [`date: ${new Date().toUTCString()}`]
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...fields.map(([name, value]) => `${name}: ${value}`),
      ...date,
      `connection: ${this.#keepsAlive ? 'keep-alive' : 'close'}`,
    ]
    this.#exchange.socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  }

  /** Waits for the client to take what was written; one that does not is cut off. */
  #taken(wait: (done: () => void) => unknown): Promise<void> {
    const { socket } = this.#exchange
    return new Promise((done) => {
      const settle = (): void => {
        stall.end()
        socket.off('close', settle).off('drain', settle)
        done()
      }
      const stall = new Stall(this.#stallMs, () => socket.destroy())
      if (socket.destroyed) return done()
      stall.begin()
      socket.once('close', settle)
      wait(settle)
    })
  }
}
