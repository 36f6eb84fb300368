import type { Socket } from 'node:net'
import { TokenBucket } from '../../../../shared/token-bucket.js'
import { TrackedSet } from '../../tracked-set.js'
import { type Page, type PageRequest, type Pages, text } from '../pages.js'
import type { OnRequest } from './calls.js'
import { originForm, parseHead } from './head.js'
import { type Beginning, HeadReader } from './head-reader.js'
import { part, sendPage } from './send-page.js'

export interface Http1Limits {
  /** Answers at once, and in each second from then on: whoever connects again and again waits for his turn. */
  readonly burst: number
  readonly perSecond: number
  readonly maxWaiting: number
}

export interface Http1Config {
  /** A connection that has not been answered by then, or begun a call, is closed. */
  readonly requestTimeoutMs: number
  readonly maxHeaderBytes: number
  /** Whether a request of every method may be a call; otherwise those of POST. */
  readonly everyMethod: boolean
  readonly limits?: Http1Limits
}

export interface Http1Deps {
  readonly onRequest: OnRequest
  readonly pages: Pages
}

/** Far more than probes and browsers ask; answering this many takes a hundredth of a core or two. */
const LIMITS: Http1Limits = { burst: 50, perSecond: 50, maxWaiting: 500 }
/** How long a connection on which a call was answered waits for the next one. */
const IDLE_MS = 60_000

interface Waiting {
  readonly socket: Socket
  readonly request: PageRequest | Page
}

/**
 * HTTP/1.1: calls of web pages, one at a time on each connection, and one answer of another kind, after which it is
 * closed. Those other answers are given at a bounded rate, the newest first, since the oldest has probably been given up;
 * the others wait unread, and the oldest of too many is closed.
 */
export class Http1Connections {
  readonly #deps: Http1Deps
  readonly #config: Http1Config
  readonly #limits: Http1Limits
  readonly #turns: TokenBucket
  readonly #waiting: Waiting[] = []
  readonly #calling = new TrackedSet<Socket>()
  /** Those between two calls. */
  readonly #idle = new Set<Socket>()
  #isLeaving = false
  #nextTurn: NodeJS.Timeout | undefined

  constructor(deps: Http1Deps, config: Http1Config) {
    this.#deps = deps
    this.#config = config
    this.#limits = config.limits ?? LIMITS
    this.#turns = new TokenBucket(this.#limits)
  }

  get waiting(): number {
    return this.#waiting.length
  }

  take(socket: Socket): void {
    this.#read(socket, NOTHING, this.#config.requestTimeoutMs)
  }

  /** Lets no call follow another one on its connection; those between two calls may make one more, or go by themselves. */
  leave(): void {
    this.#isLeaving = true
  }

  /** Lets no call follow another one. */
  stopAccepting(): void {
    this.#isLeaving = true
    for (const socket of this.#idle) socket.destroy()
  }

  /** Resolves when no call is being answered. */
  whenIdle(): Promise<void> {
    return this.#calling.empty()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#nextTurn)
  }

  /** Reads the next request. @param ahead what has come of it */
  #read(socket: Socket, ahead: Buffer, timeoutMs: number): void {
    const reader = new HeadReader(this.#config.maxHeaderBytes, this.#config.everyMethod)
    const timer = setTimeout(() => socket.destroy(), timeoutMs)
    const forget = (): void => {
      clearTimeout(timer)
      this.#idle.delete(socket)
      socket.off('close', forget)
    }
    const onData = (bytes: Buffer): void => {
      this.#idle.delete(socket)
      const beginning = reader.take(bytes)
      if (!beginning) return
      socket.off('data', onData).pause()
      if (this.#serve(socket, beginning)) forget()
    }
    socket.once('close', forget).on('data', onData).resume()
    if (ahead.length > 0) onData(ahead)
  }

  /** Whether it is a call. */
  #serve(socket: Socket, beginning: Beginning): boolean {
    const mayBeCall = this.#config.everyMethod || isPost(beginning)
    const head = mayBeCall && !beginning.isTooLarge ? parseHead(beginning.line + beginning.fields) : undefined
    const keepsAlive = (): boolean => !this.#isLeaving
    const onward = head && this.#deps.onRequest({ socket, head, ahead: beginning.ahead, keepsAlive })
    if (onward) this.#call(socket, onward)
    else
      this.#answerInTurn({
        socket,
        request: !head && mayBeCall ? refusalOf(beginning) : parseRequest(beginning),
      })
    return onward !== undefined
  }

  #call(socket: Socket, onward: Promise<Buffer | undefined>): void {
    this.#calling.add(socket)
    void onward.then((ahead) => {
      this.#calling.delete(socket)
      if (socket.destroyed) return
      if (!ahead || this.#isLeaving) return part(socket)
      if (ahead.length === 0) this.#idle.add(socket)
      this.#read(socket, ahead, IDLE_MS)
    })
  }

  #answerInTurn(next?: Waiting): void {
    if (next) this.#waiting.push(next)
    if (this.#waiting.length > this.#limits.maxWaiting) this.#waiting.shift()?.socket.destroy()
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
    const page = 'status' in request ? request : await (this.#deps.pages(request) ?? NO_SUCH_PAGE)
    if (!socket.destroyed) sendPage(socket, page, !('method' in request) || request.method !== 'HEAD')
  }
}

const NOTHING = Buffer.alloc(0)
const MALFORMED = text(400, '400 bad request\n')
const NO_SUCH_PAGE = text(404, '404 page not found\n')
const TOO_LARGE = text(431, '431 request header fields too large\n')

/** Where something may follow that is not to be mistaken for a request, a head counts by the letter or not at all. */
const isPost = ({ line }: Beginning): boolean => line.startsWith('POST ')
const refusalOf = ({ isTooLarge }: Beginning): Page => (isTooLarge ? TOO_LARGE : MALFORMED)

function parseRequest({ line, fields }: Beginning): PageRequest | Page {
  const match = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r?\n$/.exec(line)
  if (!match) return MALFORMED
  return {
    method: match[1] as string,
    target: originForm(match[2] as string),
    header: (name) => findHeader(fields, name),
  }
}

/** Of the lines before the empty one. */
function findHeader(fields: string, name: string): string | undefined {
  for (const line of fields.split(/\r?\n/)) {
    if (line === '') return undefined
    const colon = line.indexOf(':')
    if (line.slice(0, colon).toLowerCase() === name) return line.slice(colon + 1).trim()
  }
  return undefined
}
