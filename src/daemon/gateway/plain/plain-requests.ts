import type { AddressSet } from '../../../shared/address-set.js'
import { Cancellation } from '../../../shared/cancellation.js'
import { messageOf } from '../../../shared/errors.js'
import { type Log, warnSeldom } from '../../observability/index.js'
import { HeaderList } from '../header-list.js'
import { TrackedSet } from '../tracked-set.js'
import { clientBehind, connectionOn, type Exchange, Http1Request, type OnRequest } from '../transport/index.js'
import { Admission, type LimitedBy } from './admission.js'
import { BodyStream } from './body-stream.js'
import { HttpFault, stopping } from './http-fault.js'
import { PlainReply } from './plain-reply.js'
import type { Answerer } from './plain-service.js'

export interface RequestsConfig extends Pick<LimitedBy, 'rate' | 'clientRate'> {
  /** From the head of a request to the last byte of its answer. */
  readonly serviceTimeoutMs: number
  readonly clientStallMs: number
  readonly maxInFlight: number
}

export interface RequestsDeps {
  readonly answer: Answerer
  /** Proxies whose word on their clients counts. */
  readonly trustedProxies: AddressSet
  readonly log: Log
  readonly onLimited?: LimitedBy['onLimited']
}

/** CONNECT asks for no answer, and TRACE would show the client what the daemon adds for the service. */
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** How long a client may go on with a request that has its answer. */
const LINGER_MS = 30_000
/** A client that has gone without a word is noticed after so long, and some seconds. */
const SILENCE_MS = 8_000

/** Serves requests one by one, none of them paid, within bounds. */
export class PlainRequests {
  readonly #config: RequestsConfig
  readonly #deps: RequestsDeps
  readonly #admission: Admission
  readonly #serving = new TrackedSet<Cancellation>()
  readonly #warn: ReturnType<typeof warnSeldom>
  #isStopping = false

  constructor(config: RequestsConfig, deps: RequestsDeps) {
    this.#config = config
    this.#deps = deps
    this.#admission = new Admission({ ...config, onLimited: deps.onLimited })
    this.#warn = warnSeldom(deps.log)
  }

  get inFlight(): number {
    return this.#serving.size
  }

  readonly onRequest: OnRequest = (exchange) => {
    const { method, raw } = exchange.head
    if (!METHODS.includes(method) || isPreflight(method, new HeaderList(raw))) return undefined
    return this.#serve(exchange).catch((error: unknown) => {
      this.#deps.log.error('a request could not be answered', { error })
      exchange.socket.destroy()
      return undefined
    })
  }

  /** Lets no further request in. */
  stop(): void {
    this.#isStopping = true
  }

  /** Ends what is still served, and tells how many that were. */
  cut(): number {
    const cut = [...this.#serving]
    for (const over of cut) over.abort(stopping())
    return cut.length
  }

  whenIdle(): Promise<void> {
    return this.#serving.empty()
  }

  async #serve(exchange: Exchange): Promise<Buffer | undefined> {
    const { socket, head, ahead } = exchange
    socket.setKeepAlive(true, SILENCE_MS)
    const reply = new PlainReply(exchange, this.#config.clientStallMs)
    const request = new Http1Request(socket, head.body, ahead)
    const refusal = this.#refusal(exchange)
    if (refusal) await reply.refuse(refusal)
    else await this.#answer(exchange, request, reply)
    // Whoever was refused before he sent his body has no reason to send it.
    if (refusal && head.waitsForWord) return undefined
    const next = await request.rest(LINGER_MS)
    return reply.keepsAlive ? next : undefined
  }

  #refusal({ socket, head }: Exchange): HttpFault | undefined {
    if (this.#isStopping) return stopping()
    const { client } = connectionOn(socket)
    const named = new HeaderList(head.raw).all('x-forwarded-for')
    const limited = this.#admission.refusal(client && clientBehind(client, named, this.#deps.trustedProxies))
    if (limited) return limited
    const { maxInFlight } = this.#config
    return this.inFlight < maxInFlight ? undefined : new HttpFault(503, 'the daemon serves as many requests as it may')
  }

  async #answer({ socket, head }: Exchange, request: Http1Request, reply: PlainReply): Promise<void> {
    const over = new Cancellation()
    const onClose = (): void => over.abort(new HttpFault(499, 'the client has gone'))
    const late = (status: number, message: string) => (): void => over.abort(new HttpFault(status, message))
    const timer = setTimeout(late(500, 'the service did not answer in time'), this.#config.serviceTimeoutMs)
    this.#serving.add(over)
    socket.once('close', onClose)
    over.onAbort(() => reply.hasBegun && socket.destroy())
    if (head.waitsForWord) socket.write('HTTP/1.1 100 Continue\r\n\r\n')
    // Not at once: whoever reads the body is in the midst of it.
    const source = request.open(({ message }) => queueMicrotask(late(400, message)))
    const body = new BodyStream(source, this.#config.clientStallMs, late(408, 'the request did not come in time'))
    body.on('error', () => undefined)
    try {
      await this.#deps.answer({ head, body, reply, over })
    } catch (fault) {
      await this.#fail(socket, reply, over.reason ?? fault)
    } finally {
      clearTimeout(timer)
      socket.off('close', onClose)
      body.destroy()
      this.#serving.delete(over)
    }
  }

  /** An answer that has begun can only be broken off. */
  async #fail(socket: Exchange['socket'], reply: PlainReply, fault: unknown): Promise<void> {
    const told = fault instanceof HttpFault ? fault : new HttpFault(500, 'the service gave no answer')
    if (told.status === 500) this.#warn('the service did not answer a request', { reason: messageOf(fault) })
    if (reply.hasBegun) socket.destroy()
    else if (!socket.destroyed) await reply.refuse(told)
  }
}

/** A browser asks the daemon whether a page may ask; the service is asked nothing by that. */
const isPreflight = (method: string, fields: Pick<HeaderList, 'first'>): boolean =>
  method === 'OPTIONS' && fields.first('access-control-request-method') !== undefined
