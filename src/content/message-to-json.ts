import protobuf from 'protobufjs'
import { type Fields, fieldsInOrder, LONG_TYPES } from './json-fields.js'
import { wellKnownToJson } from './well-known-to-json.js'

/**
 * The JSON form of a decoded message as protobuf defines it: names of the proto file, in their order; 64-bit numbers as
 * text, enums by name, bytes in base64; fields that are not set, or set to what they are without, left out.
 */
export function messageToJson(type: protobuf.Type, message: Fields): unknown {
  const known = wellKnownToJson(type, message, { messageToJson, valueToJson })
  if (known !== undefined) return known.json
  const json: Fields = {}
  for (const field of fieldsInOrder(type)) {
    if (!Object.hasOwn(message, field.name)) continue
    const value = message[field.name]
    if (!isLeftOut(field, value)) json[field.name] = fieldToJson(field, value)
  }
  return json
}

function isLeftOut(field: protobuf.Field, value: unknown): boolean {
  if (field instanceof protobuf.MapField) return Object.keys(value as object).length === 0
  if (field.repeated) return (value as readonly unknown[]).length === 0
  if (field.hasPresence || field.resolvedType instanceof protobuf.Type) return false
  return field.type === 'bytes' ? (value as Uint8Array).length === 0 : ['0', '', 'false'].includes(String(value))
}

function fieldToJson(field: protobuf.Field, value: unknown): unknown {
  if (field instanceof protobuf.MapField) return mapToJson(field, field.keyType, value as Fields)
  if (field.repeated) return (value as readonly unknown[]).map((one) => valueToJson(field, one))
  return valueToJson(field, value)
}

function mapToJson(field: protobuf.Field, keyType: string, map: Fields): unknown {
  // Without a prototype, which a key could name.
  const json = Object.create(null) as Fields
  for (const key of Object.keys(map).sort()) json[nameOfKey(keyType, key)] = valueToJson(field, map[key])
  return json
}

/** Long keys are kept as eight characters of one byte each. */
function nameOfKey(keyType: string, key: string): string {
  if (!LONG_TYPES.has(keyType)) return key
  const isUnsigned = keyType.startsWith('u') || keyType === 'fixed64'
  return (protobuf.util.longFromHash(key, isUnsigned) as { toString(): string }).toString()
}

/** One value of the field, which may hold more of them. */
function valueToJson({ resolvedType, type }: protobuf.Field, value: unknown): unknown {
  if (resolvedType instanceof protobuf.Enum) {
    if (resolvedType.fullName === '.google.protobuf.NullValue') return null
    return resolvedType.valuesById[value as number] ?? value
  }
  if (resolvedType instanceof protobuf.Type) return messageToJson(resolvedType, value as Fields)
  if (type === 'bytes') return base64(value as Uint8Array)
  if (LONG_TYPES.has(type)) return String(value)
  if (type === 'double' || type === 'float') return numberToJson(value as number, type)
  return value
}

export type { Fields }

const base64 = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('base64')

function numberToJson(value: number, type: 'double' | 'float'): unknown {
  if (!Number.isFinite(value)) return String(value)
  return type === 'float' ? shortestFloat(value) : value
}

/** The shortest number that a float reads as this one: 0.1, not 0.10000000149011612. */
function shortestFloat(value: number): number {
  if (Number.isInteger(value)) return value
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return Number(value.toPrecision(9))
}
