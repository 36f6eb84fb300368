import { SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import { GRPC_STATUS, type OwnMethod, PROXIED_STATUS } from '../../shared/wire/index.js'
import type { Log } from '../observability/index.js'
import type { CallServer, CallTerms } from './call.js'
import { WaitingRoom } from './first-message.js'
import { CallLimit, type Places } from './limit.js'
import type { PaymentTable } from './payment-headers/index.js'
import { ownPipeline, type Pipeline, servicePipeline } from './pipeline.js'
import type { PublishedMethods } from './published-methods.js'
import { createQuotes } from './quote.js'
import type { RateLimit } from './rate-limit.js'
import { isInTime } from './tracked-set.js'
import { answerInProcess, type Upstream } from './upstream/index.js'

/** Whose calls these are, what they are granted, and what happens to them. */
export interface Route {
  handles(method: string): boolean
  termsOf(method: string): CallTerms
  readonly pipeline: Pipeline
  /** Those that are being served. */
  readonly calls: CallLimit
  /** Its calls end with the daemon, as nobody loses anything by that: they count neither as in flight nor as cut. */
  readonly lasts?: boolean
  /** Resolves when a stop has none of them to wait for. */
  whenOver(): Promise<unknown>
}

export interface RoutesConfig {
  /** For calls whose client sets no deadline. */
  readonly serviceTimeoutMs: number
  readonly maxMessageBytes: number
  /** How long a client may leave its first message unfinished where it has to be whole. */
  readonly clientStallMs: number
  readonly maxCallsInFlight: number
  /** Calls whose first message has not come. */
  readonly maxCallsWaiting: number
  readonly firstMessageTimeoutMs: number
  /** What calls of the daemon's own services have to themselves: places, and a time whatever their clients want. */
  readonly own: { readonly places: number; readonly timeoutMs: number }
  /** Places of own calls that last, such as those that watch the health: they take none of the others'. */
  readonly lasting: Places
  /** Undefined for no limit. */
  readonly rate: RateLimit | undefined
}

export interface RoutesDeps {
  /** Undefined where calls are not paid. */
  readonly payments: PaymentTable | undefined
  readonly upstream: Pick<Upstream, 'forward'>
  /** The daemon's own methods by their path; they come before the service's. */
  readonly own: ReadonlyMap<string, OwnMethod>
  readonly methods: Live<PublishedMethods>
  readonly log: Log
}

/** Every route, in the order in which they are asked, and the room where their calls wait for a first message. */
export interface Routes {
  readonly rows: readonly Route[]
  readonly waiting: WaitingRoom
}

export function createRoutes(config: RoutesConfig, deps: RoutesDeps): Routes {
  const waiting = new WaitingRoom({ max: config.maxCallsWaiting, timeoutMs: config.firstMessageTimeoutMs })
  const rows = [
    ownRoute(config, deps, waiting),
    lastingRoute(config, deps, waiting),
    serviceRoute(config, deps, waiting),
  ]
  return { rows, waiting }
}

/** Serves each call by the first route that handles its method. */
export function serveByRoute(routes: readonly Route[]): CallServer {
  const routeOf = (method: string): Route => {
    const route = routes.find((each) => each.handles(method))
    if (!route) throw new SnetError('bug', `no route handles ${method}`)
    return route
  }
  return {
    termsOf: (method) => routeOf(method).termsOf(method),
    onCall: (call) => routeOf(call.method).pipeline(call),
  }
}

function ownRoute(config: RoutesConfig, deps: RoutesDeps, waiting: WaitingRoom): Route {
  const calls = new CallLimit(shareOut(config.own.places))
  return {
    handles: (method) => deps.own.has(method) && !deps.own.get(method)?.lasts,
    termsOf: () => ({
      ...OWN_TERMS,
      defaultTimeoutMs: config.serviceTimeoutMs,
      largestTimeoutMs: config.own.timeoutMs,
    }),
    pipeline: pipelineOfOwn(deps, waiting, calls),
    calls,
    // It is enough that these calls end: nobody has paid for them.
    whenOver: () => calls.whenIdle(),
  }
}

/** Time for calls that last to tell of the stop. */
const FAREWELL_MS = 1_000

function lastingRoute(config: RoutesConfig, deps: RoutesDeps, waiting: WaitingRoom): Route {
  const calls = new CallLimit(config.lasting)
  return {
    handles: (method) => deps.own.get(method)?.lasts === true,
    termsOf: () => ({ ...OWN_TERMS, defaultTimeoutMs: MAX_TIMER_MS, largestTimeoutMs: MAX_TIMER_MS }),
    pipeline: pipelineOfOwn(deps, waiting, calls),
    calls,
    lasts: true,
    whenOver: () => isInTime(FAREWELL_MS, calls.whenIdle()),
  }
}

const OWN_TERMS = { asksOnce: false, answersOnce: false, codes: GRPC_STATUS }

const pipelineOfOwn = ({ log, own }: RoutesDeps, waiting: WaitingRoom, calls: CallLimit): Pipeline =>
  ownPipeline({
    log,
    waiting,
    calls,
    answer: (call, onRequest) => answerInProcess(own.get(call.method) as OwnMethod, call, onRequest),
  })

const MAX_TIMER_MS = 2 ** 31 - 1

/** The service behind the gate: all that nobody else handles. */
function serviceRoute(config: RoutesConfig, deps: RoutesDeps, waiting: WaitingRoom): Route {
  const { log, methods, payments, upstream } = deps
  const calls = new CallLimit(shareOut(config.maxCallsInFlight))
  return {
    handles: () => true,
    termsOf(method) {
      const traits = methods.current.find(method)
      return {
        defaultTimeoutMs: config.serviceTimeoutMs,
        largestTimeoutMs: MAX_TIMER_MS,
        asksOnce: traits?.asksOnce === true,
        answersOnce: traits?.answersOnce === true,
        codes: PROXIED_STATUS,
      }
    },
    pipeline: servicePipeline({
      log,
      methods,
      waiting,
      maxMessageBytes: config.maxMessageBytes,
      calls,
      rate: config.rate,
      payments,
      quote: createQuotes(
        { maxMessageBytes: config.maxMessageBytes, stallMs: config.clientStallMs, timeoutMs: config.serviceTimeoutMs },
        upstream,
      ),
      forward: (call) => upstream.forward(call),
    }),
    calls,
    whenOver: () => calls.whenDelivered(),
  }
}

/** One connection alone cannot take all places. */
const shareOut = (places: number): Places => ({ inAll: places, perConnection: Math.ceil(places / 2) })
