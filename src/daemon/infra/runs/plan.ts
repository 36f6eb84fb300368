import { SnetError } from '../../../shared/errors.js'
import type { StartOptions } from '../contract/control.js'
import type { TestPlan } from '../contract/records.js'
import {
  BOUNDS,
  MAX_KEY_CHARACTERS,
  MAX_MEDIUM_AS_TEXT,
  MAX_NAME_CHARACTERS,
  MAX_PROMPT_TEXT,
  MAX_TEXT,
  MAX_WAITED_FOR,
} from '../limits.js'
import { isRunId, isTestKey, MIN_MEDIUM } from '../message/index.js'

const DAY_MS = BOUNDS.intervalSeconds.max * 1_000

interface Bound {
  readonly field: string
  readonly value: number
  readonly min: number
  readonly max: number
  /** Whether the lower bound itself is not allowed. */
  readonly isAbove?: boolean
  readonly isWhole?: boolean
}

/** Error: `invalid-request` that names every field with its bound. */
export function checkPlan(plan: TestPlan): void {
  const problems = [
    ...problemsOf(boundsOf(plan)),
    ...(plan.type === 'text' || plan.type === 'media' ? [] : [`type: text or media, got ${JSON.stringify(plan.type)}`]),
    ...(plan.rate === undefined && plan.rampSeconds !== undefined ? ['ramp_seconds: only with a rate'] : []),
    ...(plan.type === 'text' && plan.mediaAsText ? ['media_as_text: only for media'] : []),
    ...([undefined, 'pause', 'fail'].includes(plan.whileAway) ? [] : ['while_away: pause or fail']),
    ...(isSeed(plan.seed) ? [] : [`seed: 1 to ${MAX_NAME_CHARACTERS} printable characters`]),
  ]
  refuse('plan of the test', problems)
}

export function checkTestKey(test: string): void {
  if (!isTestKey(test))
    throw new SnetError(
      'invalid-request',
      `the test's key must have 1 to ${MAX_KEY_CHARACTERS} characters, percent-encoded`,
    )
}

/** @param planned the amount in the test's definition */
export function checkStart(options: StartOptions, { nowUs, planned }: { nowUs: number; planned: number }): void {
  const { run, amount = planned, waitMs, waitFor = [], at } = options
  const bounds: Bound[] = [
    { field: 'amount', value: amount, min: 1, max: BOUNDS.amount.max, isWhole: true },
    ...(waitMs === undefined ? [] : [{ field: 'wait', value: waitMs, min: 0, max: DAY_MS }]),
    ...(at === undefined ? [] : [{ field: 'start_at', value: at, min: 0, max: nowUs + 7 * DAY_MS * 1_000 }]),
    { field: 'number of devices waited for', value: waitFor.length, min: 0, max: MAX_WAITED_FOR },
  ]
  const problems = problemsOf(bounds)
  if (run !== undefined && !isRunId(run))
    problems.push(`run: 1 to ${MAX_KEY_CHARACTERS} letters, digits and "._-", got ${JSON.stringify(run.slice(0, 80))}`)
  refuse('start of the test', problems)
}

/** A warning about a plan that is allowed. */
export const warningOf = ({ type, size }: TestPlan): string | undefined =>
  type === 'text' && size > MAX_PROMPT_TEXT
    ? `texts above ${MAX_PROMPT_TEXT} characters arrive only when a later, smaller message of their sender follows`
    : undefined

function boundsOf({
  type,
  size,
  amount,
  intervalMs,
  rate,
  rampSeconds,
  drainMs,
  drainMaxMs,
  mediaAsText,
}: TestPlan): Bound[] {
  const sizes =
    type === 'media'
      ? { min: MIN_MEDIUM, max: mediaAsText ? MAX_MEDIUM_AS_TEXT : BOUNDS.size.max }
      : { min: 1, max: MAX_TEXT }
  return [
    { field: 'size', value: size, ...sizes, isWhole: true },
    { field: 'amount', value: amount, min: 0, max: BOUNDS.amount.max, isWhole: true },
    { field: 'interval', value: intervalMs, min: 0, max: DAY_MS, isAbove: rate === undefined },
    ...(rate === undefined ? [] : [{ field: 'rate', value: rate, min: 0, max: BOUNDS.rate.max, isAbove: true }]),
    ...(rampSeconds === undefined ? [] : [{ field: 'ramp_seconds', value: rampSeconds, min: 0, max: DAY_MS / 1_000 }]),
    { field: 'drain', value: drainMs, min: 0, max: BOUNDS.drainMs.max },
    ...(drainMaxMs === undefined
      ? []
      : [{ field: 'drain_max', value: drainMaxMs, min: drainMs, max: BOUNDS.drainMs.max }]),
  ]
}

const problemsOf = (bounds: readonly Bound[]): string[] =>
  bounds
    .filter(({ value, min, max, isAbove = false, isWhole = false }) => {
      const isInside = value <= max && (isAbove ? value > min : value >= min)
      return !isInside || (isWhole && !Number.isSafeInteger(value))
    })
    .map(
      ({ field, value, min, max, isAbove = false, isWhole = false }) =>
        `${field}: ${isWhole ? 'a whole number ' : ''}${isAbove ? 'above' : 'from'} ${min} to ${max}${unitOf(field)}, got ${value}`,
    )

const unitOf = (field: string): string => (['interval', 'drain', 'drain_max', 'wait'].includes(field) ? ' ms' : '')

const isSeed = (seed: string): boolean =>
  seed.length > 0 && seed.length <= MAX_NAME_CHARACTERS && !/[\p{Cc}\p{Cs}]/u.test(seed)

function refuse(what: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new SnetError('invalid-request', `invalid ${what}: ${problems.join('; ')}`)
}
