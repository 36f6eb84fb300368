import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { Cancelled } from '../../../shared/cancellation.js'
import { answerTo } from '../../../shared/http-answer.js'
import type { Exchange } from '../transport/index.js'
import { HttpPeer, type ServiceTls } from '../upstream/index.js'
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

/** One URL that all requests go to, whatever path they name. */
export class PlainService implements Disposable {
  readonly #peer: HttpPeer

  constructor(endpoint: URL, tls?: ServiceTls) {
    this.#peer = new HttpPeer(endpoint, tls)
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
    const asking = this.#peer.request({ method })
    for (const [name, values] of fieldsToService(raw)) asking.setHeader(name, values)
    if (body.kind === 'chunked') asking.setHeader('transfer-encoding', 'chunked')
    else if (body.bytes > 0) asking.setHeader('content-length', body.bytes)
    return asking
  }

  [Symbol.dispose](): void {
    this.#peer[Symbol.dispose]()
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
