import type { ErrorKind } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import type { Cogs } from '../../shared/units.js'
import { GRPC_STATUS, PROXIED_STATUS } from '../../shared/wire/index.js'
import type { Log } from '../observability/index.js'
import type { Call, Onlooker, Pipeline } from './call.js'
import type { CallFigures } from './call-figures.js'
import { awaitFirstMessage, type WaitingRoom } from './first-message.js'
import type { CallLimit } from './limit.js'
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
  readonly forward: Pipeline
}

export interface OwnPipelineDeps extends Pick<PipelineDeps, 'log' | 'figures' | 'meter' | 'waiting' | 'calls'> {
  /** @param onRequest is called once the request is there, and throws when there is no place for the call */
  readonly answer: (call: Call, onRequest: () => void) => Promise<void>
}

/** What happens to a call of the service, in this order. */
export const servicePipeline = (deps: PipelineDeps): Pipeline => {
  const { calls, rates } = deps
  const lookOn = onlookers(deps, PROXIED_STATUS)
  const checks = [requirePublished(deps.methods), refuseWhilePaused(deps.pause)]
  const firstMessage = awaitFirstMessage(deps.waiting, { maxMessageBytes: deps.maxMessageBytes })
  const forward = forwardPaid(deps)
  return async (call) => {
    const onEnd = lookOn(call)
    try {
      for (const check of checks) check(call)
      // Nothing is awaited that is there already: each turn of that kind costs a call as much as one of its steps.
      const message = firstMessage(call)
      if (message) await message
      const place = calls.enter(call)
      try {
        const token = rates.check(call)
        if (token) await token
        await forward(call)
        calls.deliver(call)
      } finally {
        calls.leave(place)
      }
    } catch (thrown) {
      onEnd(thrown)
      throw thrown
    }
    onEnd()
  }
}

/** What is within the call's place: its payment, if there is one, around its way to the service. */
function forwardPaid({ rates, payments, quote, tracing, forward }: PipelineDeps): Pipeline {
  const traced: Pipeline = tracing ? (call) => inPhase(call, 'forward', () => forward(call)) : forward
  const spending: Pipeline = (call) => {
    const spent = rates.spend(call)
    return spent ? spent.then(() => traced(call)) : traced(call)
  }
  return payments ? pay({ payments, quote, onPayer: (payer) => rates.checkPayer(payer) }, spending) : spending
}

/** What happens to a call of the daemon's own services: no payment, any rate, and a place only with a whole request. */
export const ownPipeline = (deps: OwnPipelineDeps): Pipeline => {
  const { waiting, calls, answer } = deps
  const lookOn = onlookers(deps, GRPC_STATUS)
  return async (call) => {
    const onEnd = lookOn(call)
    let place: Place<Call> | undefined
    try {
      waiting.enter(call)
      await answer(call, () => {
        waiting.leave(call)
        place = calls.enter(call)
      })
    } catch (thrown) {
      onEnd(thrown)
      throw thrown
    } finally {
      waiting.leave(call)
      if (place) calls.leave(place)
    }
    onEnd()
  }
}

/** All who look on; the first of them sees most of the call. */
function onlookers(
  { log, figures, meter: told, tracing }: Pick<PipelineDeps, 'log' | 'figures' | 'meter' | 'tracing'>,
  codes: Readonly<Record<ErrorKind, number>>,
): Onlooker {
  const all = [observe(log, figures), told && meter(told, codes), tracing && trace(tracing)]
  return all.filter((each) => each !== undefined).reduce(both)
}

const both =
  (outer: Onlooker, inner: Onlooker): Onlooker =>
  (call) => {
    const endOuter = outer(call)
    const endInner = inner(call)
    return (thrown) => {
      endInner(thrown)
      endOuter(thrown)
    }
  }
