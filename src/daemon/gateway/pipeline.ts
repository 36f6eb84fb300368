import type { Log } from '../observability/index.js'
import type { Payments } from '../payments/index.js'
import type { Call, Filter } from './call.js'
import { type CallLimit, limit } from './limit.js'
import { observe } from './observe.js'
import { pay } from './pay.js'

export interface PipelineDeps {
  readonly log: Log
  readonly calls: CallLimit
  readonly payments: Payments
  /** Answers the call by asking the service, or one of our own. */
  readonly forward: Filter
}

export type Pipeline = (call: Call) => Promise<void>

/** What happens to a call of the service, in this order. */
export const paidPipeline = ({ log, calls, payments, forward }: PipelineDeps): Pipeline =>
  compose([observe(log), limit(calls), pay(payments), forward])

/** What happens to a call of the daemon's own services: the same without payment. */
export const ownPipeline = ({ log, calls, forward }: Omit<PipelineDeps, 'payments'>): Pipeline =>
  compose([observe(log), limit(calls), forward])

const compose = (filters: readonly Filter[]): Pipeline => {
  const run = async (call: Call, at: number): Promise<void> => {
    await filters[at]?.(call, () => run(call, at + 1))
  }
  return (call) => run(call, 0)
}
