import type { ServerHttp2Stream } from 'node:http2'
import { SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import type { TlsPair } from '../../shared/tls-files.js'
import { GRPC_STATUS, type OwnMethod, PROXIED_STATUS } from '../../shared/wire/index.js'
import type { Health, Log } from '../observability/index.js'
import type { Payments } from '../payments/index.js'
import type { Connection } from './call.js'
import { statusOf } from './failure.js'
import { openFront } from './transport/transport.js'
import { HeaderList } from './header-list.js'
import { WaitingRoom } from './first-message.js'
import { Http2Call } from './transport/http2/call.js'
import { cutOff, leaveBehind, stopClient } from './transport/http2/leave.js'
import { CallLimit, type Places } from './limit.js'
import { parseTimeout, receivedMetadata, requireHeadersFit } from './metadata.js'
import { ownPipeline, servicePipeline } from './pipeline.js'
import { probes } from './transport/http1/probes.js'
import type { PublishedMethods } from './published-methods.js'
import type { RateLimit } from './rate-limit.js'
import { within } from './tracked-set.js'
import { UnreadAnswers, type UnreadLimits } from './transport/unread-answers.js'
import { answerInProcess, type Upstream } from './upstream/index.js'

export interface GatewayConfig {
  readonly endpoint: { readonly host: string; readonly port: number }
  /** Undefined for cleartext. */
  readonly tls: TlsPair | undefined
  /** For calls whose client sets no deadline. */
  readonly serviceTimeoutMs: number
  readonly maxMessageBytes: number
  readonly maxCallsInFlight: number
  /** Calls whose first message has not come. */
  readonly maxCallsWaiting: number
  readonly maxStreamsPerConnection: number
  readonly maxConnections: number
  readonly maxHeaderBytes: number
  readonly firstMessageTimeoutMs: number
  /** What calls of the daemon's own services have to themselves: places, and a time whatever their clients want. */
  readonly own: { readonly places: number; readonly timeoutMs: number }
  /** What clients may leave unread of their answers. */
  readonly unread: UnreadLimits
  /** Undefined for no limit. */
  readonly rate: RateLimit | undefined
}

export interface GatewayDeps {
  /** Undefined where calls are not paid. */
  readonly payments: Pick<Payments, 'reserve'> | undefined
  readonly upstream: Upstream
  /** The daemon's own methods by their path; they come before the service's. */
  readonly own: ReadonlyMap<string, OwnMethod>
  readonly methods: Live<PublishedMethods>
  readonly health: Health
  readonly log: Log
}

export interface Gateway extends AsyncDisposable {
  readonly address: { readonly host: string; readonly port: number }
  readonly callsInFlight: number
  /** Takes no new calls, lets those in flight finish, cuts what is left after the timeout; returns how many were cut. */
  drain(timeoutMs: number): Promise<number>
}

const TIMEOUTS = { firstBytesTimeoutMs: 10_000, silenceMs: 8_000, unansweredMs: 60_000, idleTimeoutMs: 600_000 }
/** How long calls that were cut may take to leave, such as one whose payment is being written. */
const LEAVE_TIMEOUT_MS = 5_000

/** Opens the port that paying clients connect to. Error: `invalid-config` when it cannot be had. */
export async function startGateway(config: GatewayConfig, deps: GatewayDeps): Promise<Gateway> {
  const { log, payments, methods, own } = deps
  const calls = new CallLimit(shared(config.maxCallsInFlight))
  const ownCalls = new CallLimit(shared(config.own.places))
  const waiting = new WaitingRoom({ max: config.maxCallsWaiting, timeoutMs: config.firstMessageTimeoutMs })
  const unread = new UnreadAnswers(config.unread)
  const ofService = servicePipeline({
    log,
    methods,
    waiting,
    maxMessageBytes: config.maxMessageBytes,
    calls,
    rate: config.rate,
    payments,
    forward: (call) => deps.upstream.forward(call),
  })
  const ofOurs = ownPipeline({
    log,
    waiting,
    calls: ownCalls,
    answer: (call, onRequest) => answerInProcess(own.get(call.method) as OwnMethod, call, onRequest),
  })

  const serve = async (stream: ServerHttp2Stream, raw: readonly string[], connection: Connection): Promise<void> => {
    const method = methodOf(stream, raw)
    if (method === undefined) {
      stopClient(stream)
      return leaveBehind(
        stream,
        unread.open(connection, () => cutOff(stream)),
      )
    }
    const isOwn = own.has(method)
    const metadata = receivedMetadata(raw)
    const timeout = metadata.first('grpc-timeout')
    const timeoutMs = timeout === undefined ? config.serviceTimeoutMs : parseTimeout(timeout)
    const call = new Http2Call(stream, {
      method,
      metadata,
      timeoutMs: Math.min(timeoutMs ?? config.serviceTimeoutMs, isOwn ? config.own.timeoutMs : MAX_TIMER_MS),
      answersOnce: !isOwn && methods.current.find(method)?.answersOnce === true,
      connection,
      unread,
    })
    try {
      requireHeadersFit(raw, config.maxHeaderBytes)
      if (timeoutMs === undefined) throw new SnetError('invalid-request', `malformed grpc-timeout: "${timeout}"`)
      await (isOwn ? ofOurs : ofService)(call)
      call.finish()
    } catch (failure) {
      call.fail(statusOf(failure, isOwn ? GRPC_STATUS : PROXIED_STATUS, log))
    }
  }
  const onStream = (stream: ServerHttp2Stream, raw: readonly string[], connection: Connection): void => {
    serve(stream, raw, connection).catch((fault: unknown) => {
      log.error('a call could not be answered', { error: fault })
      stream.destroy()
    })
  }
  const front = await openFront(
    { ...config, ...config.endpoint, ...TIMEOUTS },
    {
      onStream,
      onHttp1: probes(deps.health),
      onRefusal: (error) => log.warn('a client could not connect', { error }),
    },
  )
  const stopAccepting = (): void => {
    for (const part of [calls, ownCalls, waiting]) part.close()
    front.stopAccepting()
  }
  const cutAll = async (): Promise<number> => {
    const cut = calls.cut() + ownCalls.cut()
    await within(LEAVE_TIMEOUT_MS, Promise.all([calls.ended(), ownCalls.ended()]))
    return cut
  }
  return {
    address: front.address,
    get callsInFlight() {
      return calls.inFlight + ownCalls.inFlight
    },
    async drain(timeoutMs) {
      stopAccepting()
      // Of calls that nobody paid for it is enough that they end.
      const allOver = Promise.all([calls.ended(), ownCalls.ended(), calls.delivered()])
      return (await within(timeoutMs, allOver)) ? 0 : await cutAll()
    },
    async [Symbol.asyncDispose]() {
      stopAccepting()
      const cut = cutAll()
      await front.close()
      await cut
    },
  }
}

const MAX_TIMER_MS = 2 ** 31 - 1

/** One connection alone cannot take all places. */
const shared = (places: number): Places => ({ inAll: places, perConnection: Math.ceil(places / 2) })

/** The characters of proto files, and nothing that a service could read as another path. */
const METHOD_PATH = /^\/\w+(?:\.\w+)*\/\w+$/

/** `/package.Service/Method` of a gRPC request; anything else is answered here, and never left without an answer. */
function methodOf(stream: ServerHttp2Stream, raw: readonly string[]): string | undefined {
  const headers = new HeaderList(raw)
  if (headers.first(':method') !== 'POST') return refuse(stream, '405')
  if (!/^application\/grpc(?:$|[+;])/.test(headers.first('content-type') ?? '')) return refuse(stream, '415')
  const path = headers.first(':path') ?? ''
  if (METHOD_PATH.test(path)) return path
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': '12',
      'grpc-message': 'malformed method name',
    },
    { endStream: true },
  )
  return undefined
}

function refuse(stream: ServerHttp2Stream, status: string): undefined {
  stream.respond({ ':status': status, 'content-type': 'text/plain' })
  stream.end('This port serves gRPC.\n')
}
