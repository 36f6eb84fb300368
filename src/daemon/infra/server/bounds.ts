import { SnetError } from '../../../shared/errors.js'

export interface Bounds {
  readonly min: number
  readonly max: number
}

/** What a request may say, on every service; what a test can be, its plan decides. */
export const BOUNDS = {
  size: { min: 1, max: 10_000_000 },
  amount: { min: 0, max: 1_000_000_000 },
  intervalSeconds: { min: 0, max: 86_400 },
  durationUs: { min: 0, max: 86_400_000_000 },
  tries: { min: 0, max: 1_000 },
  timeoutSeconds: { min: 0, max: 86_400 },
  odds: { min: 0, max: 1_000_000 },
} as const satisfies Record<string, Bounds>

/** An exact number within bounds, however wide the wire's is. Error: `invalid-request` naming field and bounds. */
export function within(field: string, value: bigint | string | number, { min, max }: Bounds): number {
  const exact = BigInt(value)
  if (exact >= BigInt(min) && exact <= BigInt(max)) return Number(exact)
  throw new SnetError('invalid-request', `${field} has to be from ${min} to ${max}, not ${exact}`)
}

const MAX_NAME_CHARACTERS = 200

/** A name of a group or a test: short, and fit for a terminal and a log line. Error: `invalid-request`. */
export function named(field: string, name: string): string {
  if (name === '') throw new SnetError('invalid-request', `${field} is missing`)
  if (name.length > MAX_NAME_CHARACTERS)
    throw new SnetError('invalid-request', `${field} has ${name.length} characters, at most ${MAX_NAME_CHARACTERS}`)
  if (/\p{Cc}/u.test(name)) throw new SnetError('invalid-request', `${field} has characters that cannot be shown`)
  return name
}
