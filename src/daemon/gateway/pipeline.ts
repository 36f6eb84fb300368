import type { Live } from '../../shared/live.js'
import type { Cogs } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { Call, Check, Filter } from './call.js'
import type { CallFigures } from './call-figures.js'
import { limitClientRate } from './client-rate.js'
import { awaitFirstMessage, type WaitingRoom } from './first-message.js'
import { type CallLimit, limit } from './limit.js'
import { observe } from './observe.js'
import { pay } from './pay.js'
import type { PaymentTable } from './payment-headers/index.js'
import { type PublishedMethods, requirePublished } from './published-methods.js'
import { type Pause, refuseWhilePaused } from './refuse-while-paused.js'
import { limitRate, type RateLimit } from './rate-limit.js'

export interface PipelineDeps {
  readonly log: Log
  readonly figures?: CallFigures | undefined
  readonly methods: Live<PublishedMethods>
  /** Where calls are until their first message has come. */
  readonly waiting: WaitingRoom
  readonly maxMessageBytes: number
  readonly calls: CallLimit
  readonly rate: Live<RateLimit | undefined>
  /** Of each client; undefined for no limit. */
  readonly clientRate: Live<RateLimit | undefined>
  readonly pause: Pause
  /** Undefined where calls are not paid. */
  readonly payments: PaymentTable | undefined
  /** Asks the service by one of its methods what the call costs. */
  readonly quote: (call: Call, at: string) => Promise<Cogs>
  /** Answers the call by asking the service. */
  readonly forward: Filter
}

export interface OwnPipelineDeps extends Pick<PipelineDeps, 'log' | 'figures' | 'waiting' | 'calls'> {
  /** @param onRequest is called once the request is there, and throws when there is no place for the call */
  readonly answer: (call: Call, onRequest: () => void) => Promise<void>
}

export type Pipeline = (call: Call) => Promise<void>

/** What happens to a call of the service, in this order. */
export const servicePipeline = (deps: PipelineDeps): Pipeline => {
  const { log, figures, methods, waiting, maxMessageBytes, calls, payments, pause, quote, forward } = deps
  const rate = limitRate(deps.rate)
  const ofClient = limitClientRate(deps.clientRate)
  return compose([
    observe(log, figures),
    check(requirePublished(methods), refuseWhilePaused(pause)),
    awaitFirstMessage(waiting, { maxMessageBytes }),
    limit(calls),
    check(ofClient.refuseWhenSpent, rate.refuseWhenSpent),
    ...(payments ? [pay(payments, quote)] : []),
    check(ofClient.spend, rate.spend),
    forward,
  ])
}

/** What happens to a call of the daemon's own services: no payment, any rate, and a place only with a whole request. */
export const ownPipeline = ({ log, figures, waiting, calls, answer }: OwnPipelineDeps): Pipeline =>
  compose([
    observe(log, figures),
    async (call) => {
      waiting.enter(call)
      try {
        await answer(call, () => {
          waiting.leave(call)
          calls.enter(call)
        })
      } finally {
        waiting.leave(call)
        calls.leave(call)
      }
    },
  ])

const check =
  (...checks: readonly Check[]): Filter =>
  (call, next) => {
    for (const each of checks) each(call)
    return next()
  }

/** The first filter has to be one that waits: checks behind it throw into it. The last one asks for nothing behind it. */
const compose = (filters: readonly Filter[]): Pipeline => {
  const run = (call: Call, at: number): Promise<void> => {
    const filter = filters[at]
    return filter ? filter(call, () => run(call, at + 1)) : Promise.resolve()
  }
  return (call) => run(call, 0)
}
