import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Readable } from 'node:stream'
import type { Cancelled } from '../../../shared/cancellation.js'
import { answerTo } from '../../../shared/http-answer.js'
import type { Exchange } from '../transport/index.js'
import type { ServiceTls } from '../upstream/index.js'
import { fieldsToClient, fieldsToService } from './fields.js'
import type { PlainReply, ReplyHead } from './plain-reply.js'

/** Answers a request whose body is read as fast as its service takes it. */
export type Answerer = (ask: Asked) => Promise<void>

export interface Asked {
  readonly head: Exchange['head']
  readonly body: Readable
  readonly reply: PlainReply
  readonly over: Cancelled
}

/** Services close what is idle, some after two seconds, and a request that meets the close is lost. */
const IDLE_MS = 1_000
const MAX_IDLE = 16

/** One URL that all requests go to, over HTTP/1.1, whatever path they name. Redirects are not followed. */
export class PlainService implements Disposable {
  readonly #url: URL
  readonly #agent: HttpAgent
  readonly #request: typeof httpRequest

  /** @param endpoint `https` and `grpcs` are TLS, everything else is cleartext */
  constructor(endpoint: URL, { ca, cert, key, serverName: servername }: ServiceTls = {}) {
    this.#url = new URL(endpoint.href.replace(/^grpc/, 'http'))
    const options = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: MAX_IDLE }
    const isTls = this.#url.protocol === 'https:'
    this.#request = isTls ? httpsRequest : httpRequest
    const tls = { ca, cert, key, ...(servername !== undefined && { servername }) }
    this.#agent = isTls ? new HttpsAgent({ ...options, ...tls }) : new HttpAgent(options)
  }

  readonly answer: Answerer = async ({ head, body, reply, over }) => {
    const asking = this.#ask(head)
    const stop = over.onAbort((reason) => asking.destroy(reason))
    try {
      const answering = answerTo(asking)
      body.pipe(asking)
      const answer = await answering
      reply.begin(headOf(answer, head.method))
      for await (const bytes of answer as AsyncIterable<Buffer>) {
        over.throwIfAborted()
        await reply.write(bytes)
      }
      await reply.end()
    } finally {
      stop()
      asking.destroy()
    }
  }

  #ask({ method, raw, body }: Exchange['head']): ClientRequest {
    const asking = this.#request(this.#url, { method, agent: this.#agent })
    for (const [name, values] of fieldsToService(raw)) asking.setHeader(name, values)
    if (body.kind === 'chunked') asking.setHeader('transfer-encoding', 'chunked')
    else if (body.bytes > 0) asking.setHeader('content-length', body.bytes)
    return asking
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}

const WITHOUT_BODY: readonly (number | undefined)[] = [204, 205, 304]

function headOf({ statusCode, headers, rawHeaders }: IncomingMessage, method: string): ReplyHead {
  const { 'content-length': length } = headers
  const isEmpty = method !== 'HEAD' && WITHOUT_BODY.includes(statusCode)
  return {
    fields: fieldsToClient(rawHeaders),
    length: isEmpty ? 0 : length === undefined ? undefined : Number(length),
  }
}

/** Stands in for the service: the body of a request comes back (snet-wire 5.6). */
export const echo: Answerer = async ({ head, body, reply, over }) => {
  const stop = over.onAbort((reason) => body.destroy(reason))
  try {
    reply.begin({
      fields: fieldsToClient(['content-type', 'application/octet-stream', 'x-content-type-options', 'nosniff']),
      length: head.body.kind === 'sized' ? head.body.bytes : undefined,
    })
    for await (const bytes of body as AsyncIterable<Buffer>) await reply.write(bytes)
    await reply.end()
  } finally {
    stop()
  }
}
