import { SnetError } from '../../../../shared/errors.js'
import { answerTo } from '../../../../shared/http-answer.js'
import { packageVersion } from '../../../../shared/package.js'
import type { Call } from '../../call.js'
import { HttpPeer } from '../http-peer.js'

export interface HttpAnswer {
  readonly status: number
  readonly body: Buffer
}

/** Of the call that it is asked for. */
export interface PostOptions extends Pick<Call, 'cancelled' | 'span'> {
  readonly maxBytes: number
}

/** A service that takes JSON over HTTP. */
export class JsonService implements Disposable {
  readonly #peer: HttpPeer

  constructor(endpoint: URL) {
    this.#peer = new HttpPeer(endpoint)
  }

  get host(): string {
    return this.#peer.url.host
  }

  /** Errors: of the connection; `rate-limited` for an answer above the limit; why the call is over. */
  async post(body: Buffer, { cancelled, maxBytes, span }: PostOptions): Promise<HttpAnswer> {
    const asking = this.#peer.request({
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'content-length': body.length,
        'user-agent': `snetd/${packageVersion()}`,
        ...(span && { traceparent: span.traceparent }),
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
    return this.#peer.reach()
  }

  [Symbol.dispose](): void {
    this.#peer[Symbol.dispose]()
  }
}

const tooLong = (maxBytes: number): SnetError =>
  new SnetError('rate-limited', `the answer of the service is longer than ${maxBytes} bytes`, {
    hint: 'max_message_size_in_mb of the daemon sets the limit.',
  })
