import type { Live } from '../../shared/live.js'
import type { Cogs } from '../../shared/units.js'
import { GRPC_STATUS, PROXIED_STATUS } from '../../shared/wire/index.js'
import type { Log } from '../observability/index.js'
import type { Call, Check, Filter } from './call.js'
import type { CallFigures } from './call-figures.js'
import { awaitFirstMessage, type WaitingRoom } from './first-message.js'
import { type CallLimit, limit } from './limit.js'
import type { Place } from '../../shared/line.js'
import { type CallMeter, meter } from './meter.js'
import { observe } from './observe.js'
import { pay } from './pay.js'
import type { PaymentTable } from './payment-headers/index.js'
import { type PublishedMethods, requirePublished } from './published-methods.js'
import { type Pause, refuseWhilePaused } from './refuse-while-paused.js'
import type { Rates } from './rates/index.js'
import { inPhase, trace, type Tracing } from './trace.js'

export interface PipelineDeps {
  readonly log: Log
  readonly figures?: CallFigures | undefined
  /** Who accounts for calls; undefined where nobody does. */
  readonly meter?: CallMeter | undefined
  /** Undefined where calls are not traced. */
  readonly tracing?: Tracing | undefined
  readonly methods: Live<PublishedMethods>
  /** Where calls are until their first message has come. */
  readonly waiting: WaitingRoom
  readonly maxMessageBytes: number
  readonly calls: CallLimit
  readonly rates: Rates
  readonly pause: Pause
  /** Undefined where calls are not paid. */
  readonly payments: PaymentTable | undefined
  /** Asks the service by one of its methods what the call costs. */
  readonly quote: (call: Call, at: string) => Promise<Cogs>
  /** Answers the call by asking the service. */
  readonly forward: Filter
}

export interface OwnPipelineDeps extends Pick<PipelineDeps, 'log' | 'figures' | 'meter' | 'waiting' | 'calls'> {
  /** @param onRequest is called once the request is there, and throws when there is no place for the call */
  readonly answer: (call: Call, onRequest: () => void) => Promise<void>
}

export type Pipeline = (call: Call) => Promise<void>

/** What happens to a call of the service, in this order. */
export const servicePipeline = (deps: PipelineDeps): Pipeline => {
  const { log, figures, tracing, methods, waiting, maxMessageBytes, calls, rates, payments, pause, quote, forward } =
    deps
  return compose([
    observe(log, figures),
    ...(deps.meter ? [meter(deps.meter, PROXIED_STATUS)] : []),
    ...(tracing ? [trace(tracing)] : []),
    check(requirePublished(methods), refuseWhilePaused(pause)),
    awaitFirstMessage(waiting, { maxMessageBytes }),
    limit(calls),
    onceDone((call) => rates.check(call)),
    ...(payments ? [pay({ payments, quote, onPayer: (payer) => rates.checkPayer(payer) })] : []),
    onceDone((call) => rates.spend(call)),
    tracing ? (call, next) => inPhase(call, 'forward', () => forward(call, next)) : forward,
  ])
}

/** What happens to a call of the daemon's own services: no payment, any rate, and a place only with a whole request. */
export const ownPipeline = ({ log, figures, meter: told, waiting, calls, answer }: OwnPipelineDeps): Pipeline =>
  compose([
    observe(log, figures),
    ...(told ? [meter(told, GRPC_STATUS)] : []),
    async (call) => {
      let place: Place<Call> | undefined
      waiting.enter(call)
      try {
        await answer(call, () => {
          waiting.leave(call)
          place = calls.enter(call)
        })
      } finally {
        waiting.leave(call)
        if (place) calls.leave(place)
      }
    },
  ])

const check =
  (...checks: readonly Check[]): Filter =>
  (call, next) => {
    for (const each of checks) each(call)
    return next()
  }

/** A check that may have to wait for somebody. */
const onceDone =
  (work: (call: Call) => Promise<void> | undefined): Filter =>
  (call, next) => {
    const waiting = work(call)
    return waiting ? waiting.then(next) : next()
  }

/** The first filter has to be one that waits: checks behind it throw into it. The last one asks for nothing behind it. */
const compose = (filters: readonly Filter[]): Pipeline => {
  const run = (call: Call, at: number): Promise<void> => {
    const filter = filters[at]
    return filter ? filter(call, () => run(call, at + 1)) : Promise.resolve()
  }
  return (call) => run(call, 0)
}
