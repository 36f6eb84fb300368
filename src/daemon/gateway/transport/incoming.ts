import type { AddressSet } from '../../../shared/address-set.js'
import { SnetError } from '../../../shared/errors.js'
import { GRPC_STATUS } from '../../../shared/wire/index.js'
import type { Log } from '../../observability/index.js'
import type { CallServer, Connection, RequestSource } from '../call.js'
import { StatusError, statusOf } from '../failure.js'
import { type HeaderList, sizeOf } from '../header-list.js'
import { parseTimeout } from '../metadata.js'
import { type Arrival, serveArrival } from './arrival.js'
import { clientBehind } from './clients/index.js'
import type { Form } from './form.js'
import type { Outlet } from './outlet.js'
import { HttpReply } from './reply.js'
import type { UnreadAnswers } from './unread-answers.js'

/** A request that carries a call, as its version of HTTP and its form have it. */
export interface Incoming {
  readonly form: Form
  readonly path: string
  /** Its whole head: lower-case names and values in turn. */
  readonly raw: readonly string[]
  readonly connection: Connection
  readonly outlet: Outlet
  /** @param onMalformed is told of a body that cannot be read */
  openBody(onMalformed: OnMalformed): RequestSource
}

export type OnMalformed = (error: SnetError) => void

export interface IncomingConfig {
  readonly maxHeaderBytes: number
}

export interface IncomingDeps {
  readonly server: CallServer
  readonly unread: UnreadAnswers
  /** Proxies whose word on their clients counts. */
  readonly trustedProxies: AddressSet
  readonly log: Log
}

/** Makes a call of a request, and serves it. What is malformed is refused here, in the form in which it came. */
export function serveIncoming(
  incoming: Incoming,
  { maxHeaderBytes }: IncomingConfig,
  deps: IncomingDeps,
): Promise<void> {
  const { form, path, raw, connection, outlet } = incoming
  const metadata = form.metadataOf(raw)
  const answer = answerOn(outlet, connection, deps.unread)
  let timeoutMs: number | undefined
  try {
    if (form.refusal) throw form.refusal
    requireMethod(path)
    requireHeadersFit(raw, maxHeaderBytes)
    timeoutMs = timeoutIn(metadata)
  } catch (refusal) {
    answer(false, () => undefined).fail(statusOf(refusal, GRPC_STATUS, deps.log))
    return Promise.resolve()
  }
  let abort: (reason: Error) => void = () => undefined
  // Not at once: whoever reads the body is in the midst of it.
  const onMalformed: OnMalformed = (error) => queueMicrotask(() => abort(error))
  return serveArrival(
    {
      ...{ method: path, metadata, timeoutMs, connection },
      client:
        connection.client && clientBehind(connection.client, metadata.all('x-forwarded-for'), deps.trustedProxies),
      request: form.messagesOf(incoming.openBody(onMalformed), onMalformed),
      whenGone: (listener) => outlet.onClose(listener),
      answer: (holdsBack, abortCall) => answer(holdsBack, (abort = abortCall)),
    },
    deps,
  )
}

const answerOn =
  (outlet: Outlet, connection: Connection, answers: UnreadAnswers): Arrival['answer'] =>
  (holdsBack, abort) => {
    const unread = answers.open(connection, () => {
      abort(leftUnread())
      reply.cut()
    })
    const reply = new HttpReply(outlet, holdsBack, unread)
    // A way out closes also after a good end.
    outlet.onClose(() => {
      if (!reply.isSettled) abort(new SnetError('cancelled', 'the client cancelled the call'))
    })
    return reply
  }

const leftUnread = (): SnetError =>
  new SnetError('rate-limited', 'the daemon keeps too many bytes that clients have not taken, these for longest', {
    hint: 'Read the answers as they come, or ask for fewer at a time.',
  })

/** The characters of proto files, and nothing that a service could read as another path. */
const METHOD_PATH = /^\/\w+(?:\.\w+)*\/\w+$/

const UNIMPLEMENTED = 12

function requireMethod(path: string): void {
  if (!METHOD_PATH.test(path)) throw new StatusError(UNIMPLEMENTED, 'malformed method name')
}

/**
 * Refuses a header list above `maxBytes`. The session's own limit is told to the
 * client in SETTINGS, and counts only once he has acknowledged it.
 */
function requireHeadersFit(raw: readonly string[], maxBytes: number): void {
  if (sizeOf(raw) <= maxBytes) return
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
