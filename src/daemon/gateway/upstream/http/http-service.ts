import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { connect as connectTcp, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Cancelled } from '../../../../shared/cancellation.js'
import { messageOf } from '../../../../shared/errors.js'
import { withoutBrackets } from '../../../../shared/host-port.js'
import { answerTo } from '../../../../shared/http-answer.js'
import { notExecuted, notRead } from './faults.js'

export interface HttpRequest {
  readonly verb: string
  /** With the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

/** The answer to a request, whose body is read only as fast as somebody takes it; what is left of it goes at the end. */
export interface HttpAnswer extends Disposable {
  readonly status: number
  readonly contentType: string
  /** Undefined where the service does not say. */
  readonly length: number | undefined
  /** Error: as the reference tells of an answer that breaks off. */
  readonly body: AsyncIterable<Buffer>
}

/** Services close what is idle, some after two seconds, and a request that meets the close is lost. */
const IDLE_MS = 1_000
const MAX_IDLE = 16
const CONNECT_MS = 10_000
/** Who has answered so lately need not be tried. */
const FRESH_MS = 30_000

/** A service that speaks HTTP/1.1: a connection for each call in flight. Redirects are not followed. */
export class HttpService implements Disposable {
  readonly #url: URL
  readonly #agent: HttpAgent
  readonly #request: typeof httpRequest
  #answeredAt = -Infinity

  /** @param url `http:` or `https:`; only scheme, host and port count */
  constructor(url: URL) {
    this.#url = url
    const options = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: MAX_IDLE }
    this.#agent = this.#isTls ? new HttpsAgent(options) : new HttpAgent(options)
    this.#request = this.#isTls ? httpsRequest : httpRequest
  }

  get #isTls(): boolean {
    return this.#url.protocol === 'https:'
  }

  /** Errors: as the reference tells of a service that cannot be asked; why the call is over, then and later. */
  async ask({ verb, path, headers, body }: HttpRequest, cancelled: Cancelled): Promise<HttpAnswer> {
    cancelled.throwIfAborted()
    const asking = this.#request(this.#url, { method: verb, path, headers, agent: this.#agent })
    const stop = cancelled.onAbort((reason) => asking.destroy(reason))
    const end = (): void => {
      stop()
      asking.destroy()
    }
    try {
      const answering = answerTo(asking)
      asking.end(body)
      const answer = await answering
      this.#answeredAt = performance.now()
      return toAnswer(answer, cancelled, end)
    } catch (fault) {
      end()
      cancelled.throwIfAborted()
      throw notExecuted(fault)
    }
  }

  /** Why it cannot be reached; undefined when it can. */
  async reach(): Promise<string | undefined> {
    if (performance.now() - this.#answeredAt < FRESH_MS) return undefined
    const { hostname, port } = this.#url
    const host = withoutBrackets(hostname)
    const at = { host, port: Number(port || (this.#isTls ? 443 : 80)) }
    return await new Promise((done) => {
      const socket = this.#isTls ? connectTls(isIP(host) === 0 ? { ...at, servername: host } : at) : connectTcp(at)
      const settle = (reason?: string): void => {
        socket.destroy()
        done(reason)
      }
      socket.setTimeout(CONNECT_MS, () => settle('no connection: it does not answer'))
      socket.once(this.#isTls ? 'secureConnect' : 'connect', () => settle())
      socket.once('error', ({ code, message }: NodeJS.ErrnoException) => settle(`no connection: ${code ?? message}`))
    })
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}

function toAnswer(answer: IncomingMessage, cancelled: Cancelled, end: () => void): HttpAnswer {
  const { statusCode = 0, headers } = answer
  return {
    status: statusCode,
    contentType: headers['content-type'] ?? '',
    length: headers['content-length'] === undefined ? undefined : Number(headers['content-length']),
    body: readable(answer, cancelled),
    // A connection whose answer was read to its end is free for the next request; any other one is closed.
    [Symbol.dispose]: end,
  }
}

async function* readable(answer: IncomingMessage, cancelled: Cancelled): AsyncGenerator<Buffer> {
  const { 'content-encoding': encoding = 'identity' } = answer.headers
  if (encoding !== 'identity') throw notRead(`it is compressed with "${encoding}", unasked`)
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      cancelled.throwIfAborted()
      yield chunk
    }
  } catch (fault) {
    cancelled.throwIfAborted()
    throw notRead(messageOf(fault))
  }
}
