import type { ServerHttp2Stream } from 'node:http2'
import { SnetError } from '../../../../shared/errors.js'
import { GRPC_STATUS } from '../../../../shared/wire/index.js'
import type { Log } from '../../../observability/index.js'
import type { CallServer, Connection } from '../../call.js'
import { statusOf } from '../../failure.js'
import { HeaderList, sizeOf } from '../../header-list.js'
import { parseTimeout, receivedMetadata } from '../../metadata.js'
import { type Arrival, serveArrival } from '../arrival.js'
import type { Pages } from '../pages.js'
import type { UnreadAnswers } from '../unread-answers.js'
import { answerPage } from './answer-page.js'
import type { OnStream } from './connections.js'
import { cutOff, leaveBehind, stopClient } from './leave.js'
import { Http2Reply } from './reply.js'
import { Http2Request } from './request.js'
import { isCall, isGrpc, refuseNoCall } from './refuse-no-call.js'

export interface CallsDeps {
  readonly server: CallServer
  readonly unread: UnreadAnswers
  readonly pages: Pages
  readonly log: Log
}

/** Makes calls of streams. What is no call, or a malformed one, is answered here. */
export const serveStreams = ({ maxHeaderBytes }: { maxHeaderBytes: number }, deps: CallsDeps): OnStream => {
  const serve = async (stream: ServerHttp2Stream, raw: readonly string[], connection: Connection): Promise<void> => {
    const headers = new HeaderList(raw)
    if (!isCall(headers)) {
      const unread = deps.unread.open(connection, () => cutOff(stream))
      leaveBehind(stream, unread)
      const page = isGrpc(headers) ? undefined : answerPage(stream, headers, deps.pages)
      await (page ?? refuseNoCall(stream, headers))
      return stopClient(stream)
    }
    const answer = answerOn(stream, connection, deps.unread)
    const metadata = receivedMetadata(raw)
    let timeoutMs: number | undefined
    try {
      requireHeadersFit(headers, maxHeaderBytes)
      timeoutMs = timeoutIn(metadata)
    } catch (refusal) {
      return answer(false, () => undefined).fail(statusOf(refusal, GRPC_STATUS, deps.log))
    }
    await serveArrival(
      {
        method: headers.first(':path') as string,
        metadata,
        timeoutMs,
        connection,
        request: new Http2Request(stream),
        gone: new Promise((done) => stream.once('close', done)),
        answer,
      },
      deps,
    )
  }
  return (stream, raw, connection) => {
    serve(stream, raw, connection).catch((fault: unknown) => {
      deps.log.error('a call could not be answered', { error: fault })
      stream.destroy()
    })
  }
}

const answerOn =
  (stream: ServerHttp2Stream, connection: Connection, answers: UnreadAnswers): Arrival['answer'] =>
  (holdsBack, abort) => {
    const unread = answers.open(connection, () => {
      abort(leftUnread())
      reply.cut()
    })
    const reply = new Http2Reply(stream, holdsBack, unread)
    // A stream closes also after a good end; then nobody listens any more.
    stream.once('close', () => abort(new SnetError('cancelled', 'the client cancelled the call')))
    return reply
  }

const leftUnread = (): SnetError =>
  new SnetError('rate-limited', 'the daemon keeps too many bytes that clients have not taken, these for longest', {
    hint: 'Read the answers as they come, or ask for fewer at a time.',
  })

/**
 * Refuses a header list above `maxBytes`. The session's own limit is told to the
 * client in SETTINGS, and counts only once he has acknowledged it.
 */
function requireHeadersFit(headers: HeaderList, maxBytes: number): void {
  if (sizeOf(headers) <= maxBytes) return
  throw new SnetError('rate-limited', `the header list of the call is larger than ${maxBytes} bytes`, {
    hint: 'max_header_size_in_kb of the daemon sets the limit.',
  })
}

/** What the client asks for; undefined when it does not say. */
function timeoutIn(metadata: HeaderList): number | undefined {
  const text = metadata.first('grpc-timeout')
  if (text === undefined) return undefined
  const timeoutMs = parseTimeout(text)
  if (timeoutMs === undefined) throw new SnetError('invalid-request', `malformed grpc-timeout: "${text}"`)
  return timeoutMs
}
