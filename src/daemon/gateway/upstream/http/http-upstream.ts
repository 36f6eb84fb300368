import { messageOf } from '../../../../shared/errors.js'
import type { Live } from '../../../../shared/live.js'
import { packageVersion } from '../../../../shared/package.js'
import type { Log } from '../../../observability/index.js'
import type { Call } from '../../call.js'
import { atMost } from '../../messages.js'
import {
  type Encoding,
  jsonOfMessage,
  messageOfJson,
  parseJson,
  type TranslatedMethod,
  type TranslatedMethods,
} from '../message-codec.js'
import { answerWith } from '../one-answer.js'
import { passingOn, warnOfUnanswered } from '../unanswered.js'
import type { Upstream } from '../upstream.js'
import { WholeRequests, type WholeRequestLimits } from '../whole-requests.js'
import { answerStream } from './answer-stream.js'
import { type Credential, sortCredentials } from './credentials.js'
import { answerTooLong, badStatus, notTheMessage, RECEIVE_HELP, unknownFormat, unreadableMessage } from './faults.js'
import { type HttpAnswer, HttpService } from './http-service.js'
import type { HttpQuestion } from './route.js'
import { type RouteTo, Routes } from './routes.js'
import { writeRequest } from './write-request.js'

export interface HttpUpstreamConfig extends WholeRequestLimits {
  /** `http` and `grpc` are cleartext, `https` and `grpcs` TLS. Path and query are those of all methods. */
  readonly endpoint: URL
  readonly encoding: Encoding
  readonly credentials: readonly Credential[]
}

/**
 * A service that is a plain HTTP API: each call is one request, its message the JSON in it (snet-behaviour 6.3). Errors:
 * `invalid-config` for credentials that cannot be sent.
 */
export function connectHttpUpstream(
  config: HttpUpstreamConfig,
  { log, methods }: { readonly log: Log; readonly methods: Live<TranslatedMethods> },
): Upstream {
  const endpoint = new URL(config.endpoint.href.replace(/^grpc/, 'http'))
  const credentials = sortCredentials(config.credentials)
  if (credentials.leftOut.length > 0)
    log.warn('service_credentials: only text can be a header or in a query, so these are left out', {
      keys: credentials.leftOut.join(' '),
    })
  const service = new HttpService(endpoint)
  const requests = new WholeRequests(config)
  const routes = new Routes(methods, log)
  const answers = new Answers(config)
  const write = writeRequest({ endpoint, credentials, userAgent: `snetd/${packageVersion()}` })
  const tell = passingOn(warnOfUnanswered(log, endpoint.host))
  const serve = async (call: Call, { method, route }: RouteTo): Promise<void> => {
    using request = await requests.take(call, 'error receiving grpc msg: ', RECEIVE_HELP)
    const json = readMessage(method, config.encoding, request.content)
    const question = route(json)
    using answer = await service.ask(write(question, call), call.cancelled)
    await answers.handOn(answer, call, { method, question })
  }
  return {
    async forward(call) {
      const to = routes.find(call.method)
      if (!to) throw unknownFormat(call.method)
      await serve(call, to).catch(tell)
    },
    async health() {
      const reason = await service.reach()
      return reason === undefined ? { ok: true } : { ok: false, reason }
    },
    async [Symbol.asyncDispose]() {
      service[Symbol.dispose]()
    },
  }
}

function readMessage({ request }: TranslatedMethod, encoding: Encoding, content: Buffer): unknown {
  try {
    return jsonOfMessage(request, encoding, content)
  } catch (fault) {
    throw unreadableMessage(fault)
  }
}

interface Asked {
  readonly method: TranslatedMethod
  readonly question: HttpQuestion
}

/** Hands the answers of the service on to the clients, within bounds. */
class Answers {
  readonly #config: HttpUpstreamConfig
  readonly #fits: (length: number) => void
  /** The same message takes more room as JSON. */
  readonly #maxJsonBytes: number

  constructor(config: HttpUpstreamConfig) {
    this.#config = config
    this.#fits = atMost(config.maxMessageBytes)
    this.#maxJsonBytes = 2 * config.maxMessageBytes + 64 * 1024
  }

  async handOn(answer: HttpAnswer, call: Call, to: Asked): Promise<void> {
    if (answer.status < 200 || answer.status > 299) throw badStatus(answer.status, await beginningOf(answer.body))
    const toMessage = (json: Buffer): Buffer => this.#messageOf(json, answer, to)
    const judge = (bytes: number): void => {
      if (bytes > this.#maxJsonBytes) throw answerTooLong(this.#maxJsonBytes)
    }
    if (!call.answersOnce) return await answerStream(answer, call, { toMessage, judge, stallMs: this.#config.stallMs })
    judge(answer.length ?? 0)
    const parts: Buffer[] = []
    let bytes = 0
    for await (const part of answer.body) {
      judge((bytes += part.length))
      parts.push(part)
    }
    answerWith(call, [toMessage(Buffer.concat(parts))])
  }

  #messageOf(content: Buffer, { status, contentType }: HttpAnswer, { method, question }: Asked): Buffer {
    const message = ((): Buffer => {
      try {
        const body = content.length === 0 && status === NO_CONTENT ? {} : parseJson(content)
        const json = question.responseBody === '' ? body : { [question.responseBody]: body }
        return messageOfJson(method.response, this.#config.encoding, json)
      } catch (fault) {
        throw notTheMessage(messageOf(fault), contentType)
      }
    })()
    this.#fits(message.length)
    return message
  }
}

const NO_CONTENT = 204

/** Enough of what the service says of its error for a person to read. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of body) {
      parts.push(part)
      if ((bytes += part.length) >= MAX_ERROR_BYTES) break
    }
  } catch {
    // That there is more of it is no news.
  }
  return Buffer.concat(parts).toString('utf8', 0, MAX_ERROR_BYTES)
}

const MAX_ERROR_BYTES = 4 * 1024
