import type { Clock } from '../../../shared/clock.js'
import { MAX_IN_FLIGHT } from '../limits.js'
import type { TestPlan } from '../contract/records.js'

export interface Course {
  /** Sequence numbers of what is to be sent: from `first` to `last`. */
  readonly first: number
  readonly last: number
  readonly signal: AbortSignal
}

/** Sends one message and resolves when it has an outcome; rejects when the test cannot go on. */
export type Send = (sequence: number) => Promise<void>

/** Sends what is left of a test in the model of its plan. Returns early when the signal aborts. */
export const sendAll = (plan: TestPlan, course: Course, send: Send, clock: Clock): Promise<void> =>
  plan.rate === undefined
    ? sendClosed(plan.intervalMs, course, send, clock)
    : sendOpen({ rate: plan.rate, rampSeconds: plan.rampSeconds ?? 0 }, course, send, clock)

/** The closed model: a pause of `intervalMs` after each message, however long it took. None after the last one. */
async function sendClosed(intervalMs: number, course: Course, send: Send, clock: Clock): Promise<void> {
  const { first, last, signal } = course
  for (let sequence = first; sequence <= last && !signal.aborted; sequence++) {
    await send(sequence)
    if (sequence < last) await clock.sleep(intervalMs, signal)
  }
}

/**
 * The open model: each message has its time, however the earlier ones fared. A resumed test continues from now: messages
 * that were due while the daemon was away are neither sent in a burst nor left out.
 */
async function sendOpen(arrivals: Arrivals, course: Course, send: Send, clock: Clock): Promise<void> {
  const { first, last, signal } = course
  const begin = clock.steadyUs() / 1_000 - dueMs(first - 1, arrivals)
  const underWay = new Set<Promise<void>>()
  const faults: unknown[] = []
  for (let sequence = first; sequence <= last && !signal.aborted && faults.length === 0; sequence++) {
    await clock.sleep(begin + dueMs(sequence - 1, arrivals) - clock.steadyUs() / 1_000, signal)
    if (signal.aborted) break
    const sending: Promise<void> = send(sequence)
      .catch((fault: unknown) => void faults.push(fault))
      .finally(() => underWay.delete(sending))
    underWay.add(sending)
    if (underWay.size >= MAX_IN_FLIGHT) await Promise.race(underWay)
  }
  await Promise.all(underWay)
  if (faults.length > 0) throw faults[0]
}

export interface Arrivals {
  /** Messages by second. */
  readonly rate: number
  /** The rate grows evenly from 0 over so many seconds. */
  readonly rampSeconds: number
}

/** When the message with this index, from 0, is due after the begin, in ms. */
export function dueMs(index: number, { rate, rampSeconds }: Arrivals): number {
  const inRamp = (rate * rampSeconds) / 2
  const seconds = index < inRamp ? Math.sqrt((2 * rampSeconds * index) / rate) : rampSeconds + (index - inRamp) / rate
  return seconds * 1_000
}
