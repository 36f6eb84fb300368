import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import type { Cancelled } from '../../../../shared/cancellation.js'
import { SnetError } from '../../../../shared/errors.js'
import { answerTo } from '../../../../shared/http-answer.js'
import { packageVersion } from '../../../../shared/package.js'

export interface HttpAnswer {
  readonly status: number
  readonly body: Buffer
}

/** Services close what is idle, some after two seconds, and a request that meets the close is lost. */
const IDLE_MS = 1_000
const MAX_IDLE = 16
const CONNECT_MS = 10_000

/** A service that takes JSON over HTTP. Redirects are not followed: whoever is asked is whom the provider named. */
export class JsonService implements Disposable {
  readonly #url: URL
  readonly #request: typeof httpRequest
  readonly #agent: HttpAgent

  /** @param endpoint `http` and `grpc` are cleartext, `https` and `grpcs` TLS */
  constructor(endpoint: URL) {
    this.#url = new URL(endpoint.href.replace(/^grpc/, 'http'))
    const isTls = this.#url.protocol === 'https:'
    const options = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: MAX_IDLE }
    this.#agent = isTls ? new HttpsAgent(options) : new HttpAgent(options)
    this.#request = isTls ? httpsRequest : httpRequest
  }

  get host(): string {
    return this.#url.host
  }

  /** Errors: of the connection; `rate-limited` for an answer above the limit; why the call is over. */
  async post(body: Buffer, { cancelled, maxBytes }: { cancelled: Cancelled; maxBytes: number }): Promise<HttpAnswer> {
    const asking = this.#request(this.#url, {
      method: 'POST',
      agent: this.#agent,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'content-length': body.length,
        'user-agent': `snetd/${packageVersion()}`,
      },
    })
    const stop = cancelled.onAbort((reason) => asking.destroy(reason))
    try {
      const answering = answerTo(asking)
      asking.end(body)
      const answer = await answering
      const parts: Buffer[] = []
      let bytes = 0
      for await (const part of answer as AsyncIterable<Buffer>) {
        if ((bytes += part.length) > maxBytes) throw tooLong(maxBytes)
        parts.push(part)
      }
      return { status: answer.statusCode ?? 0, body: Buffer.concat(parts) }
    } catch (fault) {
      asking.destroy()
      cancelled.throwIfAborted()
      throw fault
    } finally {
      stop()
    }
  }

  /** Why it cannot be reached; undefined when it can. */
  reach(): Promise<string | undefined> {
    const { hostname, port, protocol } = this.#url
    const host = hostname.replace(/^\[|\]$/g, '')
    return new Promise((done) => {
      const socket = connect({ host, port: Number(port || (protocol === 'https:' ? 443 : 80)) })
      const settle = (reason?: string): void => {
        socket.destroy()
        done(reason)
      }
      socket.setTimeout(CONNECT_MS, () => settle('no connection: it does not answer'))
      socket.once('connect', () => settle())
      socket.once('error', ({ code, message }: NodeJS.ErrnoException) => settle(`no connection: ${code ?? message}`))
    })
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}

const tooLong = (maxBytes: number): SnetError =>
  new SnetError('rate-limited', `the answer of the service is longer than ${maxBytes} bytes`, {
    hint: 'max_message_size_in_mb of the daemon sets the limit.',
  })
