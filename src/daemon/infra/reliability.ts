import { randomBytes } from 'node:crypto'
import { SnetError } from '../../shared/errors.js'
import { randomOf } from '../../shared/random.js'
import type { Log } from '../observability/index.js'
import { type Clock, systemClock } from '../../shared/clock.js'
import { BOUNDS, MAX_OUTAGES } from './limits.js'
import type { Reliability, ReliabilityStatus } from './contract/control.js'

/** Cuts this peer off from the others until the returned object is disposed. */
export interface Cutter {
  cut(): Promise<AsyncDisposable>
}

export interface ReliabilityDeps {
  readonly log: Log
  readonly clock?: Clock
  /** Absent while there is no means of cutting. */
  readonly cutter?: Cutter
}

interface Pair {
  readonly timeoutSeconds: number
  readonly odds: number
  readonly seed: string
}

const MAX = { timeoutSeconds: BOUNDS.timeoutSeconds.max, odds: BOUNDS.odds.max, outages: MAX_OUTAGES }
const OFF: Pair = { timeoutSeconds: 0, odds: 0, seed: '' }

/** Which slots of time are outages: each with probability 1 to `odds`, decided by the seed alone. */
export function* outageSlots({ odds, seed }: Pick<Pair, 'odds' | 'seed'>): Generator<boolean, never> {
  const random = randomOf(`reliability ${seed}`)
  for (;;) yield random.below(odds) === 0
}

export type OwnedReliability = Reliability & AsyncDisposable

/** Outages by chance, as AddReliability of the older daemon meant them: off until somebody sets a pair. */
export function createReliability({ log, clock = systemClock, cutter }: ReliabilityDeps): OwnedReliability {
  let pair = OFF
  let outages: { startedAt: number; endedAt: number | undefined }[] = []
  let stop = new AbortController()
  let running: Promise<void> = Promise.resolve()

  const run = async ({ timeoutSeconds, ...chance }: Pair, by: Cutter, signal: AbortSignal): Promise<void> => {
    for (const isOutage of outageSlots(chance)) {
      if (signal.aborted) return
      if (!isOutage) {
        await clock.sleep(timeoutSeconds * 1000, signal)
        continue
      }
      await using _cut = await by.cut()
      const outage: (typeof outages)[number] = { startedAt: clock.nowUs(), endedAt: undefined }
      outages = [...outages.slice(1 - MAX.outages), outage]
      log.warn('an outage begins', { seconds: timeoutSeconds })
      await clock.sleep(timeoutSeconds * 1000, signal)
      outage.endedAt = clock.nowUs()
      log.warn('the outage is over')
    }
  }
  const view = (): ReliabilityStatus => ({ ...pair, outages: outages.map((outage) => ({ ...outage })) })
  return {
    get view() {
      return view()
    },
    set({ timeoutSeconds, odds, seed = randomBytes(8).toString('hex') }) {
      const isOff = timeoutSeconds === 0 && odds === 0
      if (!isOff) requireBounds({ timeoutSeconds, odds })
      if (!isOff && !cutter)
        throw new SnetError('wrong-state', 'this daemon cannot cut its peer off yet: it accepts only 0,0 (off)')
      stop.abort()
      stop = new AbortController()
      pair = isOff ? OFF : { timeoutSeconds, odds, seed }
      const [next, { signal }] = [pair, stop]
      if (!isOff && cutter)
        running = running
          .then(() => run(next, cutter, signal))
          .catch((error: unknown) => log.error('outages have stopped', { error }))
      return view()
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}

/** Error: `invalid-request` naming both with their bounds. */
function requireBounds({ timeoutSeconds, odds }: { timeoutSeconds: number; odds: number }): void {
  const isWithin = (value: number, max: number): boolean => Number.isInteger(value) && value >= 1 && value <= max
  if (isWithin(timeoutSeconds, MAX.timeoutSeconds) && isWithin(odds, MAX.odds)) return
  throw new SnetError(
    'invalid-request',
    `timeout has to be from 1 to ${MAX.timeoutSeconds} seconds and odds from 1 to ${MAX.odds}, or both 0 for off, not ${timeoutSeconds} and ${odds}`,
  )
}
