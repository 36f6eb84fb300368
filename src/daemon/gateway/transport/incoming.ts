import type { AddressSet } from '../../../shared/address-set.js'
import { SnetError } from '../../../shared/errors.js'
import { GRPC_STATUS } from '../../../shared/wire/index.js'
import type { Log } from '../../observability/index.js'
import type { Call, CallServer, Connection, RequestSource } from '../call.js'
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
export function serveIncoming(incoming: Incoming, { maxHeaderBytes }: IncomingConfig, deps: IncomingDeps): void {
  const { form, path, raw } = incoming
  const metadata = form.metadataOf(raw)
  let timeoutMs: number | undefined
  try {
    if (form.refusal) throw form.refusal
    requireMethod(path)
    requireHeadersFit(raw, maxHeaderBytes)
    timeoutMs = timeoutIn(metadata)
  } catch (refusal) {
    return new HttpReply(incoming, false, NOT_BEGUN, deps.unread).fail(statusOf(refusal, GRPC_STATUS, deps.log))
  }
  serveArrival(new HttpArrival(incoming, { metadata, timeoutMs }, deps), deps)
}

/** A call that is refused before there is one. */
const NOT_BEGUN: Pick<Call, 'abort'> = { abort: () => undefined }

class HttpArrival implements Arrival {
  readonly method: string
  readonly metadata: HeaderList
  readonly timeoutMs: number | undefined
  readonly connection: Connection
  readonly client: string | undefined
  readonly request: RequestSource
  readonly #incoming: Incoming
  readonly #unread: UnreadAnswers
  #call = NOT_BEGUN

  constructor(
    incoming: Incoming,
    { metadata, timeoutMs }: Pick<Arrival, 'metadata' | 'timeoutMs'>,
    { unread, trustedProxies }: IncomingDeps,
  ) {
    const { connection, form } = incoming
    this.method = incoming.path
    this.metadata = metadata
    this.timeoutMs = timeoutMs
    this.connection = connection
    this.client = connection.client && clientBehind(connection.client, metadata.all('x-forwarded-for'), trustedProxies)
    this.#incoming = incoming
    this.#unread = unread
    // Not at once: whoever reads the body is in the midst of it.
    const onMalformed: OnMalformed = (error) => queueMicrotask(() => this.#call.abort(error))
    this.request = form.messagesOf(incoming.openBody(onMalformed), onMalformed)
  }

  answer(holdsBack: boolean, call: Pick<Call, 'abort'>): HttpReply {
    this.#call = call
    return new HttpReply(this.#incoming, holdsBack, call, this.#unread)
  }

  whenGone(listener: () => void): void {
    this.#incoming.outlet.onClose(listener)
  }
}

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
