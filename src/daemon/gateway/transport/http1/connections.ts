import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { TokenBucket } from '../../../../shared/token-bucket.js'
import { type Page, type PageRequest, type Pages, text } from '../pages.js'

export interface Http1Limits {
  /** Answers at once, and in each second from then on: whoever connects again and again waits for his turn. */
  readonly burst: number
  readonly perSecond: number
  readonly maxWaiting: number
}

export interface Http1Config {
  /** A connection that has not been answered by then is closed. */
  readonly requestTimeoutMs: number
  readonly limits?: Http1Limits
}

/** Of a probe's request only the first line matters; of one for permission its headers, as far as a browser sends them. */
const MAX_LINE_BYTES = 2_048
const MAX_HEAD_BYTES = 8_192
/** Far more than probes ask; answering this many takes a hundredth of a core or two. */
const LIMITS: Http1Limits = { burst: 50, perSecond: 50, maxWaiting: 500 }
/** What a client still sends is read for so long, as a reset would take his answer from him (RFC 9112 9.6). */
const LINGER_MS = 1_000
const LINGER_BYTES = 64 * 1024

interface Waiting {
  readonly socket: Socket
  readonly request: PageRequest | undefined
}

/**
 * HTTP/1.1 as far as probes need it: one request a connection, whose body nobody reads. Connections are answered at a
 * bounded rate, the newest first, since the oldest has probably been given up; the others wait unread, and the oldest
 * of too many is closed.
 */
export class Http1Connections {
  readonly #pages: Pages
  readonly #requestTimeoutMs: number
  readonly #limits: Http1Limits
  readonly #turns: TokenBucket
  readonly #waiting: Waiting[] = []
  #nextTurn: NodeJS.Timeout | undefined

  constructor(pages: Pages, { requestTimeoutMs, limits = LIMITS }: Http1Config) {
    this.#pages = pages
    this.#requestTimeoutMs = requestTimeoutMs
    this.#limits = limits
    this.#turns = new TokenBucket(limits)
  }

  get waiting(): number {
    return this.#waiting.length
  }

  take(socket: Socket): void {
    const timer = setTimeout(() => socket.destroy(), this.#requestTimeoutMs)
    socket.once('close', () => clearTimeout(timer))
    let seen = ''
    const onData = (chunk: Buffer): void => {
      seen += chunk.toString('latin1', 0, MAX_HEAD_BYTES)
      const end = seen.indexOf('\n')
      if (end < 0 && seen.length < MAX_LINE_BYTES) return
      if (seen.startsWith('OPTIONS ') && seen.length < MAX_HEAD_BYTES && !/\n\r?\n/.test(seen)) return
      socket.off('data', onData).pause()
      this.#waiting.push({ socket, request: parseRequest(seen.slice(0, end + 1), seen.slice(end + 1)) })
      if (this.#waiting.length > this.#limits.maxWaiting) this.#waiting.shift()?.socket.destroy()
      this.#answerInTurn()
    }
    socket.on('data', onData)
    socket.resume()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#nextTurn)
  }

  #answerInTurn(): void {
    clearTimeout(this.#nextTurn)
    while (this.#waiting.length > 0) {
      if (this.#waiting.at(-1)?.socket.destroyed) this.#waiting.pop()
      else if (this.#turns.take()) void this.#answer(this.#waiting.pop() as Waiting)
      else {
        this.#nextTurn = setTimeout(() => this.#answerInTurn(), 1_000 / this.#limits.perSecond)
        return
      }
    }
  }

  async #answer({ socket, request }: Waiting): Promise<void> {
    const answer = request === undefined ? MALFORMED : await (this.#pages(request) ?? NO_SUCH_PAGE)
    if (!socket.destroyed) send(socket, answer, request?.method !== 'HEAD')
  }
}

const MALFORMED = text(400, '400 bad request\n')
const NO_SUCH_PAGE = text(404, '404 page not found\n')

function parseRequest(line: string, rest: string): PageRequest | undefined {
  const match = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r?\n$/.exec(line)
  if (!match) return undefined
  return {
    method: match[1] as string,
    target: originForm(match[2] as string),
    header: (name) => findHeader(rest, name),
  }
}

/** Of the lines before the empty one. */
function findHeader(rest: string, name: string): string | undefined {
  for (const line of rest.split(/\r?\n/)) {
    if (line === '') return undefined
    const colon = line.indexOf(':')
    if (line.slice(0, colon).toLowerCase() === name) return line.slice(colon + 1).trim()
  }
  return undefined
}

/** A request line may have the whole URL, as one to a proxy has: what is asked for is its path (RFC 9112 3.2.2). */
const originForm = (target: string): string => target.replace(/^https?:\/\/[^/?]*/i, '')

function send(socket: Socket, { status, type, body, headers = {} }: Page, withBody: boolean): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...(type === undefined
      ? []
      : [`content-type: ${type}; charset=utf-8`, `content-length: ${Buffer.byteLength(body)}`]),
    'cache-control: no-store',
    'connection: close',
    `date: ${new Date().toUTCString()}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${withBody ? body : ''}`)
  const timer = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.once('close', () => clearTimeout(timer))
  let read = 0
  socket.on('data', (chunk: Buffer) => {
    read += chunk.length
    if (read > LINGER_BYTES) socket.destroy()
  })
  socket.resume()
}
