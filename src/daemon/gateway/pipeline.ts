import type { Live } from '../../shared/live.js'
import type { Log } from '../observability/index.js'
import type { Payments } from '../payments/index.js'
import type { Call, Filter } from './call.js'
import { awaitFirstMessage, type FirstMessageLimits } from './first-message.js'
import { type CallLimit, limit } from './limit.js'
import { observe } from './observe.js'
import { pay } from './pay.js'
import { type PublishedMethods, requirePublished } from './published-methods.js'
import { limitRate, type RateLimit } from './rate-limit.js'

export interface PipelineDeps {
  readonly log: Log
  readonly methods: Live<PublishedMethods>
  readonly calls: CallLimit
  readonly rate: RateLimit | undefined
  readonly firstMessage: FirstMessageLimits
  /** Undefined where calls are not paid. */
  readonly payments: Pick<Payments, 'reserve'> | undefined
  /** Answers the call by asking the service, or one of our own. */
  readonly forward: Filter
}

export type Pipeline = (call: Call) => Promise<void>

/** What happens to a call of the service, in this order. */
export const servicePipeline = ({
  log,
  methods,
  calls,
  rate,
  firstMessage,
  payments,
  forward,
}: PipelineDeps): Pipeline =>
  compose([
    observe(log),
    requirePublished(methods),
    limit(calls),
    limitRate(rate),
    awaitFirstMessage(firstMessage),
    ...(payments ? [pay(payments)] : []),
    forward,
  ])

/** What happens to a call of the daemon's own services: the same without payment, at any rate. */
export const ownPipeline = ({ log, calls, forward }: Pick<PipelineDeps, 'log' | 'calls' | 'forward'>): Pipeline =>
  compose([observe(log), limit(calls), forward])

const compose = (filters: readonly Filter[]): Pipeline => {
  const run = async (call: Call, at: number): Promise<void> => {
    await filters[at]?.(call, () => run(call, at + 1))
  }
  return (call) => run(call, 0)
}
