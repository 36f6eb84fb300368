import protobuf from 'protobufjs'
import { SnetError } from '../shared/errors.js'
import { listOf } from '../shared/short-text.js'
import { fieldPath, type JsonPath } from './json-path.js'

/** One value that is no message, as the encoder takes it. Error: `invalid-request` naming the path. */
export function singleValue({ resolvedType, type }: protobuf.Field, value: unknown, at: JsonPath): unknown {
  if (resolvedType instanceof protobuf.Enum) return enumValue(resolvedType, value, at)
  const bits = INTEGER_BITS[type]
  if (bits !== undefined) return integerValue(value, { bits, isUnsigned: isUnsigned(type) }, at)
  if (type === 'float' || type === 'double') return numberValue(value, type, at)
  if (type === 'bytes') return bytesValue(value, at)
  if (type === 'bool') return boolValue(value, at)
  return textValue(value, at)
}

/**
 * The key of a map in the spelling that the encoder takes. There is one for each key: another one of the same number
 * would be a second entry here and the first one's end there.
 */
export function mapKey(type: string, key: string, at: JsonPath): string {
  if (type === 'string') return textValue(key, at)
  if (type === 'bool') {
    if (key === 'true' || key === 'false') return key
    throw wrong(at, 'true or false, as the key of this map')
  }
  const bits = INTEGER_BITS[type] as number
  if (/^(?:0|-?[1-9]\d{0,19})$/.test(key) && fits(BigInt(key), { bits, isUnsigned: isUnsigned(type) })) return key
  throw wrong(at, `a whole number of ${bits} bits without leading zeros, as the key of this map`)
}

const INTEGER_BITS: Readonly<Record<string, number>> = {
  int32: 32,
  uint32: 32,
  sint32: 32,
  fixed32: 32,
  sfixed32: 32,
  int64: 64,
  uint64: 64,
  sint64: 64,
  fixed64: 64,
  sfixed64: 64,
}

interface Width {
  readonly bits: number
  readonly isUnsigned: boolean
}

const isUnsigned = (type: string): boolean => /^(u|fixed)/.test(type)

const fits = (whole: bigint, { bits, isUnsigned }: Width): boolean =>
  (isUnsigned ? BigInt.asUintN(bits, whole) : BigInt.asIntN(bits, whole)) === whole

const wrong = (at: JsonPath, what: string): SnetError =>
  new SnetError('invalid-request', `${fieldPath(at)} must be ${what}`)

function enumValue({ values, name }: protobuf.Enum, value: unknown, at: JsonPath): number {
  const found = typeof value === 'string' && Object.hasOwn(values, value) ? values[value] : value
  if (typeof found === 'number' && Number.isInteger(found) && fits(BigInt(found), { bits: 32, isUnsigned: false }))
    return found
  throw wrong(at, `one of ${name}: ${listOf(Object.keys(values))}`)
}

function integerValue(value: unknown, width: Width, at: JsonPath): unknown {
  const { bits, isUnsigned } = width
  // Most of them; the way for all others takes ten times as long.
  if (bits === 32 && typeof value === 'number' && (isUnsigned ? value >>> 0 : value | 0) === value) return value
  const isExact =
    typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^-?\d{1,20}$/.test(value)
  const whole = isExact ? BigInt(value as string | number) : undefined
  if (whole === undefined || !fits(whole, width))
    throw wrong(at, `a whole number of ${bits} bits${bits === 64 ? ', as text beyond 2^53' : ''}`)
  if (bits === 32) return Number(whole)
  return { low: Number(BigInt.asIntN(32, whole)), high: Number(BigInt.asIntN(32, whole >> 32n)), unsigned: isUnsigned }
}

function bytesValue(value: unknown, at: JsonPath): Buffer {
  const text = typeof value === 'string' ? value.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '') : undefined
  const bytes = Buffer.from(text ?? '', 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') !== text) throw wrong(at, 'bytes in base64')
  return bytes
}

function boolValue(value: unknown, at: JsonPath): boolean {
  if (typeof value === 'boolean') return value
  throw wrong(at, 'true or false')
}

/** Half of a surrogate pair has no UTF-8 form, and would arrive as another character. */
function textValue(value: unknown, at: JsonPath): string {
  if (typeof value === 'string' && !/\p{Cs}/u.test(value)) return value
  throw wrong(at, typeof value === 'string' ? 'text without halves of surrogate pairs' : 'text')
}

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** These types may round a value, but must not turn it into infinity or 0. */
function numberValue(value: unknown, type: 'float' | 'double', at: JsonPath): number {
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  const isNumber = typeof value === 'number' || (typeof value === 'string' && DECIMAL.test(value))
  const number = isNumber ? Number(value) : NaN
  const kept = type === 'float' ? Math.fround(number) : number
  if (Number.isNaN(number)) throw wrong(at, 'a number')
  if (!Number.isFinite(kept)) throw wrong(at, `a number that a ${type} holds, or "Infinity"`)
  const isLost = kept === 0 && (number !== 0 || (typeof value === 'string' && /^[^eE]*[1-9]/.test(value)))
  if (isLost) throw wrong(at, `a number that a ${type} can tell from 0`)
  return number
}
