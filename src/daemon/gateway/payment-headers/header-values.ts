import { SnetError } from '../../../shared/errors.js'
import { isUint256 } from '../../../shared/units.js'
import type { HeaderList } from '../header-list.js'
import { parseGoInteger } from './go-integer.js'

/** A header that every payment of its kind has once. Error: `invalid-request` when it is missing or repeated. */
export const text = (metadata: HeaderList, name: string): string => single(name, metadata.all(name), shownAsSent)

/** One that may be missing, and is empty then. Error: `invalid-request` when it is repeated. */
export const optionalText = (metadata: HeaderList, name: string): string =>
  metadata.first(name) === undefined ? '' : text(metadata, name)

/** The same for a number. Error: `invalid-request`, also when it is none. */
export function integer(metadata: HeaderList, name: string): bigint {
  const sent = text(metadata, name)
  const value = parseGoInteger(sent)
  // The reference takes negative and longer numbers and signs them cut off; nobody pays with those honestly.
  if (value === undefined || !isUint256(value)) throw badFormat(name, sent)
  return value
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** The same for bytes. One header line may carry several binary values, separated by commas. */
export function bytes(metadata: HeaderList, name: string): Uint8Array {
  const lines = metadata.all(name)
  const values = lines.some((line) => line.includes(',')) ? lines.flatMap((line) => line.split(',')) : lines
  const text = single(name, values, hidden)
  if (!BASE64.test(text)) throw badFormat(name, hidden())
  return Buffer.from(text, 'base64')
}

/** How a refusal shows a value. Whoever reads a signature or a token can pay or collect with it, so those are hidden. */
const shownAsSent = (value: string): string => value
const hidden = (): string => '(hidden)'

function single(name: string, values: readonly string[], shown: (value: string) => string): string {
  const [value] = values
  if (value === undefined) throw new SnetError('invalid-request', `missing "${name}"`)
  if (values.length > 1) {
    throw new SnetError('invalid-request', `too many values for key "${name}": [${values.map(shown).join(' ')}]`)
  }
  return value
}

const badFormat = (name: string, value: string): SnetError =>
  new SnetError('invalid-request', `incorrect format "${name}": "${value}"`)
