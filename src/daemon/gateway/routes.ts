import { SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import type { OpenTokens } from '../../shared/tokens.js'
import { GRPC_STATUS, type OwnMethod, type PaidMethod, PROXIED_STATUS } from '../../shared/wire/index.js'
import type { Log } from '../observability/index.js'
import { isInTime } from '../../shared/in-time.js'
import type { Call, CallServer, CallTerms, Pipeline } from './call.js'
import type { CallFigures } from './call-figures.js'
import { type WaitingLimits, WaitingRoom } from './first-message.js'
import { CallLimit, type Places } from './limit.js'
import { payOwn } from './pay-own.js'
import type { PaymentTable } from './payment-headers/index.js'
import type { CallMeter } from './meter.js'
import { ownPipeline, servicePipeline } from './pipeline.js'
import type { PublishedMethods } from './published-methods.js'
import { createQuotes } from './quote.js'
import { type Pause, requireRunning } from './refuse-while-paused.js'
import { createRates, type LimitKind, openLimits, type Rates, type RatesConfig } from './rates/index.js'
import type { Tracing } from './trace.js'
import { answerInProcess, type RequestLimits, type Upstream } from './upstream/index.js'

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

export interface RoutesConfig extends RatesConfig {
  /** For calls whose client sets no deadline. */
  readonly serviceTimeoutMs: number
  readonly maxMessageBytes: number
  /** How long a client may leave its first message unfinished where it has to be whole. */
  readonly clientStallMs: number
  readonly maxCallsInFlight: number
  /** Calls whose first message has not come. */
  readonly maxCallsWaiting: number
  readonly firstMessageTimeoutMs: number
  /** What first messages may take up together that are needed as a whole before the price of their calls is known. */
  readonly maxQuotedBytes: number
  /** What calls of the daemon's own services have to themselves: places, and a time whatever their clients want. */
  readonly own: { readonly places: number; readonly timeoutMs: number }
  /** Places of own calls that last, such as those that watch the health: they take none of the others'. */
  readonly lasting: Places
  /** Calls about models, which wait for the service. */
  readonly training: OwnBounds
  /** Those that bring data to train with, which take their time. */
  readonly uploads: OwnBounds
}

/** What calls of some own services have to themselves. */
export interface OwnBounds extends RequestLimits {
  readonly places: Places
  readonly timeoutMs: number
  /** Calls whose first message has not come, which is taken whole. */
  readonly waiting: WaitingLimits
}

export interface RoutesDeps {
  /** Undefined where calls are not paid. */
  readonly payments: PaymentTable | undefined
  readonly upstream: Pick<Upstream, 'forward'>
  /** The daemon's own methods by their path; they come before the service's. */
  readonly own: ReadonlyMap<string, OwnMethod | PaidMethod>
  /** How those of them are paid for that are; undefined where there are none. */
  readonly ownPayments?: PaymentTable | undefined
  readonly methods: Live<PublishedMethods>
  readonly pause: Pause
  readonly log: Log
  /** Who counts the calls; undefined where nobody does. */
  readonly figures?: CallFigures
  /** Told of each call that came too soon. */
  readonly onLimited?: (kind: LimitKind) => void
  /** Undefined where calls are not traced. */
  readonly tracing?: Tracing | undefined
  /** Where tokens are taken that replicas share; undefined where each has its own. */
  readonly openTokens?: OpenTokens | undefined
  /** Who accounts for the calls of the service, and for uploads; undefined where nobody does. */
  readonly meter?: CallMeter | undefined
}

/** Every route, in the order in which they are asked, and the rooms where their calls wait for a first message. */
export interface Routes {
  readonly rows: readonly Route[]
  readonly waiting: readonly WaitingRoom[]
}

export function createRoutes(config: RoutesConfig, deps: RoutesDeps): Routes {
  const waiting = new WaitingRoom({ max: config.maxCallsWaiting, timeoutMs: config.firstMessageTimeoutMs })
  const rates = createRates(openLimits(config, deps.openTokens), deps.onLimited)
  const [training, uploads] = [new WaitingRoom(config.training.waiting), new WaitingRoom(config.uploads.waiting)]
  const unmetered = { ...deps, meter: undefined }
  const rows = [
    ownRoute(config, unmetered, waiting),
    lastingRoute(config, unmetered, waiting),
    boundedRoute('training', config.training, unmetered, training),
    boundedRoute('uploads', config.uploads, { ...deps, rates }, uploads),
    serviceRoute(config, { ...deps, rates }, waiting),
  ]
  return { rows, waiting: [waiting, training, uploads] }
}

/** Serves each call by the first route that handles its method. */
export function serveByRoute(routes: readonly Route[]): CallServer {
  // A call asks twice, and most calls are of the same method as the one before.
  let last: { readonly method: string; readonly route: Route } | undefined
  const routeOf = (method: string): Route => {
    if (last?.method === method) return last.route
    const route = routes.find((each) => each.handles(method))
    if (!route) throw new SnetError('bug', `no route handles ${method}`)
    last = { method, route }
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
    handles(method) {
      const own = deps.own.get(method)
      return own !== undefined && !own.lasts && own.bounds === undefined
    },
    termsOf: () => ({
      ...OWN_TERMS,
      defaultTimeoutMs: config.serviceTimeoutMs,
      largestTimeoutMs: config.own.timeoutMs,
    }),
    pipeline: pipelineOfOwn(deps, waiting, calls, SMALL),
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
    pipeline: pipelineOfOwn(deps, waiting, calls, SMALL),
    calls,
    lasts: true,
    whenOver: () => isInTime(FAREWELL_MS, calls.whenIdle()),
  }
}

/** Own services of one kind that have places of their own; some of their methods are paid for. */
function boundedRoute(
  kind: NonNullable<OwnMethod['bounds']>,
  bounds: OwnBounds,
  deps: RoutesDeps & { readonly rates?: Rates },
  waiting: WaitingRoom,
): Route {
  const calls = new CallLimit(bounds.places)
  return {
    handles: (method) => deps.own.get(method)?.bounds === kind,
    termsOf: () => ({ ...OWN_TERMS, defaultTimeoutMs: bounds.timeoutMs, largestTimeoutMs: bounds.timeoutMs }),
    pipeline: pipelineOfOwn(deps, waiting, calls, bounds),
    calls,
    whenOver: () => calls.whenDelivered(),
  }
}

const OWN_TERMS = { asksOnce: false, answersOnce: false, codes: GRPC_STATUS }

/** Requests of most own services are a few hundred bytes, and none of them streams. */
const SMALL: RequestLimits = { maxMessageBytes: 64 * 1024, stallMs: 60_000 }

function pipelineOfOwn(
  { log, figures, meter, own, ownPayments, pause, rates }: RoutesDeps & { readonly rates?: Rates },
  waiting: WaitingRoom,
  calls: CallLimit,
  limits: RequestLimits,
): Pipeline {
  const methodFor = (call: Call): OwnMethod => {
    const method = own.get(call.method) as OwnMethod | PaidMethod
    if ('offer' in method || method.takesMoney) requireRunning(pause)
    if (!('offer' in method)) return method
    if (!ownPayments) throw new SnetError('bug', `nothing pays for ${method.path}`)
    return payOwn(method, call, { payments: ownPayments, rates })
  }
  return ownPipeline({
    log,
    figures,
    meter,
    waiting,
    calls,
    answer: (call, onRequest) => answerInProcess(methodFor(call), call, onRequest, limits),
  })
}

const MAX_TIMER_MS = 2 ** 31 - 1

/** The service behind the gate: all that nobody else handles. */
function serviceRoute(config: RoutesConfig, deps: RoutesDeps & { readonly rates: Rates }, waiting: WaitingRoom): Route {
  const { log, figures, meter, tracing, methods, rates, payments, pause, upstream } = deps
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
      figures,
      meter,
      methods,
      waiting,
      maxMessageBytes: config.maxMessageBytes,
      calls,
      rates,
      tracing,
      payments,
      pause,
      quote: createQuotes(
        {
          ...{ maxMessageBytes: config.maxMessageBytes, maxBytes: config.maxQuotedBytes },
          ...{ stallMs: config.clientStallMs, timeoutMs: config.serviceTimeoutMs },
        },
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
