import { randomInt } from 'node:crypto'
import { messageOf, SnetError } from '../../../../shared/errors.js'
import { stringifyLong } from '../../../../shared/long-numbers.js'
import type { Log } from '../../../observability/index.js'
import type { Call } from '../../call.js'
import { atMost } from '../../messages.js'
import type { Encoding, TranslatedMethod } from '../message-codec.js'
import { answerWith } from '../one-answer.js'
import { passingOn, warnOfUnanswered } from '../unanswered.js'
import type { Upstream } from '../upstream.js'
import { WholeRequests, type WholeRequestLimits } from '../whole-requests.js'
import { requestBody, resultOf } from './envelope.js'
import { badHttpStatus, badRequest, badResult, callFailed } from './faults.js'
import { JsonService } from './post.js'

export interface JsonRpcConfig extends WholeRequestLimits {
  /** Where each call is posted, path and query included. */
  readonly endpoint: URL
  /** What the service says of its messages; with `proto` they are what its proto files have. */
  readonly encoding: Encoding
}

export interface JsonRpcDeps {
  readonly log: Log
  /** What the service calls a method. */
  readonly nameOf: (method: string) => string
  /** Undefined for a method of which no proto file is known: its messages can only be JSON. */
  readonly codecOf: (method: string) => TranslatedMethod | undefined
}

/** A service that is asked by JSON-RPC 2.0 over HTTP, one call in one request (snet-behaviour 6.4). */
export function openJsonRpcUpstream(config: JsonRpcConfig, { log, nameOf, codecOf }: JsonRpcDeps): Upstream {
  const { encoding, maxMessageBytes } = config
  const requests = new WholeRequests(config)
  const service = new JsonService(config.endpoint)
  const tell = passingOn(warnOfUnanswered(log, service.host))
  const fits = atMost(maxMessageBytes)
  const call = async ({ method, cancelled, metadata, span }: Call, content: Buffer): Promise<Buffer> => {
    const isJson = encoding === 'json' || metadata.first('content-type')?.endsWith('+json') === true
    const codec = isJson ? undefined : codecOf(method)
    const id = randomInt(1, 2 ** 47)
    const body = requestBody(nameOf(method), paramsOf(content, codec), id)
    const answer = await service
      .post(body, { cancelled, span, maxBytes: longestAnswer(maxMessageBytes) })
      .catch(explain)
    if (answer.status < 200 || answer.status > 299) throw badHttpStatus(answer.status, answer.body)
    const message = messageIn(resultOf(answer.body, id), codec)
    fits(message.length)
    return message
  }
  return {
    async forward(received) {
      using request = await requests.take(received, 'error receiving request; error: ')
      answerWith(received, [await call(received, request.content).catch(tell)])
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

/** A message takes more room as JSON. */
const longestAnswer = (maxMessageBytes: number): number => 2 * maxMessageBytes + 64 * 1024

function explain(fault: unknown): never {
  throw fault instanceof SnetError ? fault : callFailed(messageOf(fault))
}

/** JSON text. What a client has written stays as it is, once it is known to be whole. */
function paramsOf(content: Buffer, codec: TranslatedMethod | undefined): string {
  try {
    if (codec) return stringifyLong(codec.request.toJson(content))
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    JSON.parse(text)
    return text
  } catch (fault) {
    throw badRequest(messageOf(fault))
  }
}

function messageIn(result: unknown, codec: TranslatedMethod | undefined): Buffer {
  try {
    return codec ? codec.response.fromJson(result) : Buffer.from(stringifyLong(result))
  } catch (fault) {
    throw badResult(messageOf(fault))
  }
}
