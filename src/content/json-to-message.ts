import protobuf from 'protobufjs'
import { SnetError } from '../shared/errors.js'
import { isObject } from '../shared/is-object.js'
import { withoutMark } from '../shared/long-numbers.js'
import { type Fields, fieldsByName } from './json-fields.js'
import { fieldPath, type JsonPath } from './json-path.js'
import { mapKey, singleValue } from './value-json.js'
import { wellKnownFromJson } from './well-known-from-json.js'

/** Where the value under way is: one list for all of a text, which may have millions of values. */
type Path = (string | number)[]

/** The depth at which decoders give up. */
const MAX_DEPTH = 100

/**
 * A message, ready to be encoded, from the JSON form that protobuf defines of it. Fields and names of enums that the proto
 * files do not know are passed over, as they are by older clients of a newer service. Error: `invalid-request` naming the
 * path.
 */
export function jsonToMessage(type: protobuf.Type, json: unknown, at: Path = []): Fields {
  if (at.length > MAX_DEPTH) throw wrong(at.slice(0, 3), `nested less deep than ${MAX_DEPTH}`)
  const known = wellKnownFromJson(type, json, { jsonToMessage, jsonToValue, wrong, at })
  if (known) return known
  if (!isObject(json)) throw wrong(at, `an object of ${type.name}`)
  const fields = fieldsByName(type)
  const message: Fields = {}
  for (const [name, value] of Object.entries(json)) {
    const field = fields.get(name)
    if (!field || (value === null && !takesNull(field))) continue
    const twin = [field, ...(field.partOf?.fieldsArray ?? [])].find((one) => Object.hasOwn(message, one.name))
    if (twin) throw wrong([...at, name], `absent where ${twin.name} is set`)
    const read = jsonToField(field, value, at, name)
    if (read !== undefined) message[field.name] = read
  }
  return message
}

const takesNull = ({ resolvedType }: protobuf.Field): boolean =>
  ['.google.protobuf.Value', '.google.protobuf.NullValue'].includes(resolvedType?.fullName ?? '')

function jsonToField(field: protobuf.Field, value: unknown, at: Path, name: string): unknown {
  at.push(name)
  const read = jsonToWhole(field, value, at)
  at.pop()
  return read
}

function jsonToWhole(field: protobuf.Field, value: unknown, at: Path): unknown {
  if (field instanceof protobuf.MapField) return jsonToMap(field, field.keyType, value, at)
  if (!field.repeated) return jsonToValue(field, value, at)
  if (!Array.isArray(value)) throw wrong(at, 'a list')
  const list: unknown[] = []
  for (const [i, one] of value.entries()) {
    at.push(i)
    const read = jsonToValue(field, one, at)
    if (read !== undefined) list.push(read)
    at.pop()
  }
  return list
}

function jsonToMap(field: protobuf.Field, keyType: string, value: unknown, at: Path): unknown {
  if (!isObject(value)) throw wrong(at, 'an object')
  const entries: [string, unknown][] = []
  for (const [key, one] of Object.entries(value)) {
    at.push(key)
    const read = jsonToValue(field, one, at)
    if (read !== undefined) entries.push([mapKey(keyType, key, at), read])
    at.pop()
  }
  return Object.fromEntries(entries)
}

/** One value of the field, which may hold more of them; undefined for a name that its enum does not know. */
function jsonToValue(field: protobuf.Field, value: unknown, at: Path): unknown {
  const { resolvedType } = field
  if (resolvedType instanceof protobuf.Type) return jsonToMessage(resolvedType, value, at)
  if (resolvedType instanceof protobuf.Enum) {
    if (resolvedType.fullName === '.google.protobuf.NullValue' && value === null) return 0
    if (typeof value === 'string' && !Object.hasOwn(resolvedType.values, value)) return undefined
  }
  return singleValue(field, isText(field) ? value : withoutMark(value), at)
}

const isText = ({ type }: protobuf.Field): boolean => type === 'string' || type === 'bytes'

const wrong = (at: JsonPath, what: string): SnetError =>
  new SnetError('invalid-request', `${fieldPath(at) || 'the JSON'} must be ${what}`)
