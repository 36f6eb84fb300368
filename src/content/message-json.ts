import protobuf from 'protobufjs'
import { messageOf, SnetError } from '../shared/errors.js'
import { listOf } from '../shared/short-text.js'

type Json = Record<string, unknown>

/** Bytes of a message from its JSON form. Nothing is dropped or bent in silence: the call costs money. */
export function encodeJson(type: protobuf.Type, json: unknown): Buffer {
  const object = messageOfJson(type, json, '')
  try {
    const fault = type.verify(object)
    if (fault !== null) throw new Error(fault)
    return Buffer.from(type.encode(type.fromObject(object)).finish())
  } catch (cause) {
    throw new SnetError('invalid-request', `this is no ${type.name}: ${messageOf(cause)}`, {
      hint: fieldsHint(type),
      cause,
    })
  }
}

/** The JSON form of a message: 64-bit numbers as text, enums by name, bytes in base64, absent fields by their default. */
export function decodeJson(type: protobuf.Type, bytes: Uint8Array): unknown {
  try {
    return type.toObject(type.decode(bytes), {
      longs: String,
      enums: String,
      bytes: String,
      defaults: true,
      oneofs: true,
    })
  } catch (cause) {
    throw new SnetError('invalid-request', `the answer is no ${type.name}: ${messageOf(cause)}`, { cause })
  }
}

const fieldsHint = (type: protobuf.Type): string =>
  `Fields of ${type.name}: ${listOf(type.fieldsArray.map(({ name }) => name))}.`

function messageOfJson(type: protobuf.Type, json: unknown, at: string): Json {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new SnetError('invalid-request', `${at || 'the request'} has to be an object of ${type.name}`, {
      hint: fieldsHint(type),
    })
  }
  const fields = Object.entries(json).map(([name, value]) => {
    const field = fieldOf(type, name)
    if (!field)
      throw new SnetError('invalid-request', `${at}${name} is no field of ${type.name}`, { hint: fieldsHint(type) })
    return [field.name, value === null ? undefined : fieldValue(field, value, `${at}${name}`)] as const
  })
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
}

/** JSON may spell a field as in the proto file or in camel case. */
const fieldOf = (type: protobuf.Type, name: string): protobuf.Field | undefined =>
  type.fieldsArray.find((field) => field.name === name) ??
  type.fieldsArray.find((field) => camelCase(field.name) === name)

const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())

function fieldValue(field: protobuf.Field, value: unknown, at: string): unknown {
  if (field.map) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(at, 'an object')
    const entries = Object.entries(value).map(([key, one]) => [key, singleValue(field, one, `${at}.${key}`)] as const)
    return Object.fromEntries(entries)
  }
  if (!field.repeated) return singleValue(field, value, at)
  if (!Array.isArray(value)) throw wrong(at, 'a list')
  return value.map((one, i) => singleValue(field, one, `${at}[${i}]`))
}

function singleValue(field: protobuf.Field, value: unknown, at: string): unknown {
  const { resolvedType } = field
  if (resolvedType instanceof protobuf.Type) return messageOfJson(resolvedType, value, `${at}.`)
  if (resolvedType instanceof protobuf.Enum) return enumValue(resolvedType, value, at)
  const bits = INTEGER_BITS[field.type]
  if (bits !== undefined) return integerValue(value, bits, /^(u|fixed)/.test(field.type), at)
  if (field.type === 'float' || field.type === 'double') return numberValue(value, at)
  if (field.type === 'bytes') return bytesValue(value, at)
  return value
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

const wrong = (at: string, what: string): SnetError => new SnetError('invalid-request', `${at} has to be ${what}`)

function enumValue({ values, name }: protobuf.Enum, value: unknown, at: string): number {
  const found = typeof value === 'string' && Object.hasOwn(values, value) ? values[value] : value
  if (typeof found !== 'number' || !Number.isInteger(found))
    throw wrong(at, `one of ${name}: ${listOf(Object.keys(values))}`)
  return found
}

function integerValue(value: unknown, bits: number, isUnsigned: boolean, at: string): unknown {
  const isExact =
    typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^-?\d{1,20}$/.test(value)
  const whole = isExact ? BigInt(value as string | number) : undefined
  const range = isUnsigned ? BigInt.asUintN(bits, whole ?? 0n) : BigInt.asIntN(bits, whole ?? 0n)
  if (whole === undefined || range !== whole)
    throw wrong(at, `a whole number of ${bits} bits${bits === 64 ? ', as text beyond 2^53' : ''}`)
  if (bits === 32) return Number(whole)
  return { low: Number(BigInt.asIntN(32, whole)), high: Number(BigInt.asIntN(32, whole >> 32n)), unsigned: isUnsigned }
}

function bytesValue(value: unknown, at: string): Buffer {
  const text = typeof value === 'string' ? value.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '') : undefined
  const bytes = Buffer.from(text ?? '', 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') !== text) throw wrong(at, 'bytes in base64')
  return bytes
}

function numberValue(value: unknown, at: string): number {
  if (typeof value === 'number') return value
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  throw wrong(at, 'a number')
}
