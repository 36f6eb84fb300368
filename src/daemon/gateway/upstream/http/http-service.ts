import type { IncomingMessage } from 'node:http'
import type { Cancelled } from '../../../../shared/cancellation.js'
import { messageOf } from '../../../../shared/errors.js'
import { answerTo } from '../../../../shared/http-answer.js'
import { HttpPeer } from '../http-peer.js'
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

/** Who has answered so lately need not be tried. */
const FRESH_MS = 30_000

/** The service behind an HTTP API. */
export class HttpService implements Disposable {
  readonly #peer: HttpPeer
  #answeredAt = -Infinity

  /** @param endpoint only scheme, host and port count */
  constructor(endpoint: URL) {
    this.#peer = new HttpPeer(endpoint)
  }

  /** Errors: as the reference tells of a service that cannot be asked; why the call is over, then and later. */
  async ask({ verb, path, headers, body }: HttpRequest, cancelled: Cancelled): Promise<HttpAnswer> {
    cancelled.throwIfAborted()
    const asking = this.#peer.request({ method: verb, path, headers })
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
    return await this.#peer.reach()
  }

  [Symbol.dispose](): void {
    this.#peer[Symbol.dispose]()
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
