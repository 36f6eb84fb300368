import type { ErrorKind } from '../../shared/errors.js'
import type { Counter, Histogram, Metrics } from '../observability/index.js'
import type { Refusals } from './refusals.js'

/** How a call ended. */
export type CallOutcome = 'ok' | ErrorKind

/** Who counts calls. */
export interface CallFigures {
  /** @param message what its client was told in place of an answer */
  ended(method: string, outcome: CallOutcome, ms: number, message?: string): void
}

/** From a refusal within a millisecond to answers that take their time. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

/** Methods that nobody has published: their names are what strangers make up. */
const UNLISTED = 'unlisted'

interface OfMethod {
  readonly duration: Histogram
  readonly outcomes: Map<CallOutcome, Counter>
}

/**
 * Counts calls by their methods and how they ended.
 *
 * @param isListed whether a method is one of those that are published, or of our own
 */
export function countCalls(metrics: Metrics, isListed: (method: string) => boolean, refusals?: Refusals): CallFigures {
  const calls = metrics.counter({
    name: 'snetd_calls_total',
    help: 'Calls that ended, by method and outcome: ok, or the kind of the error.',
    labels: ['method', 'outcome'],
  })
  const durations = metrics.histogram(
    {
      name: 'snetd_call_duration_seconds',
      help: 'From the headers of a call to the end of its answer, payment and service included.',
      labels: ['method'],
    },
    BOUNDS,
  )
  const known = new Map<string, OfMethod>()
  const of = (name: string): OfMethod => {
    const found = known.get(name)
    if (found) return found
    const made = { duration: durations(name), outcomes: new Map() }
    known.set(name, made)
    return made
  }
  return {
    ended(method, outcome, ms, message) {
      const name = isListed(method) ? method : UNLISTED
      const { duration, outcomes } = of(name)
      duration.observe(ms / 1000)
      let count = outcomes.get(outcome)
      if (!count) outcomes.set(outcome, (count = calls(name, outcome)))
      count.add()
      if (message !== undefined) refusals?.add(method, outcome, message)
    },
  }
}
