import { SnetError } from '../../../shared/errors.js'
import { type Bounds, MAX_NAME_CHARACTERS } from '../limits.js'

/** An exact number within bounds, however wide the wire's is. Error: `invalid-request` naming field and bounds. */
export function requireWithin(field: string, value: bigint | string | number, { min, max }: Bounds): number {
  const exact = BigInt(value)
  if (exact >= BigInt(min) && exact <= BigInt(max)) return Number(exact)
  throw new SnetError('invalid-request', `${field} has to be from ${min} to ${max}, not ${exact}`)
}

/** A name of a group or a test: short, and fit for a terminal and a log line. Error: `invalid-request`. */
export function requireName(field: string, name: string): string {
  if (name === '') throw new SnetError('invalid-request', `${field} is missing`)
  if (name.length > MAX_NAME_CHARACTERS)
    throw new SnetError('invalid-request', `${field} has ${name.length} characters, at most ${MAX_NAME_CHARACTERS}`)
  if (/\p{Cc}/u.test(name)) throw new SnetError('invalid-request', `${field} has characters that cannot be shown`)
  return name
}
