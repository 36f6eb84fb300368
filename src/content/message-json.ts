import protobuf from 'protobufjs'
import { messageOf, SnetError } from '../shared/errors.js'
import { listOf } from '../shared/short-text.js'
import { jsonNameOf } from './json-fields.js'
import { fieldPath, type JsonPath } from './json-path.js'
import { mapKey, singleValue } from './value-json.js'

type Json = Record<string, unknown>

/** Bytes of a message from its JSON form. Nothing is dropped or bent in silence: the call costs money. */
export function encodeJson(type: protobuf.Type, json: unknown): Buffer {
  const object = messageOfJson(type, json, [])
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

/**
 * The JSON form of a message: 64-bit numbers as text, enums by name, bytes in base64, absent fields by their default.
 */
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
    throw new SnetError('upstream-failed', `the answer is no ${type.name}: ${messageOf(cause)}`, { cause })
  }
}

const fieldsHint = (type: protobuf.Type): string =>
  `Fields of ${type.name}: ${listOf(type.fieldsArray.map(({ name }) => name))}.`

/** The depth at which decoders give up. */
const MAX_DEPTH = 100

const isJsonObject = (json: unknown): json is Json => typeof json === 'object' && json !== null && !Array.isArray(json)

function messageOfJson(type: protobuf.Type, json: unknown, at: JsonPath): Json {
  const refuse = (what: string, path = at): SnetError =>
    new SnetError('invalid-request', `${fieldPath(path) || 'the request'} ${what}`, { hint: fieldsHint(type) })
  if (!isJsonObject(json)) throw refuse(`must be an object of ${type.name}`)
  if (at.length > MAX_DEPTH) throw new SnetError('invalid-request', `the request is nested deeper than ${MAX_DEPTH}`)
  const object: Json = {}
  const spelled = new Map<protobuf.Field | protobuf.OneOf, string>()
  for (const [name, value] of Object.entries(json)) {
    const path = [...at, name]
    const field = fieldOf(type, name)
    // The encoder would lose a field of this name: in JavaScript it is an object's prototype.
    if (!field || field.name === '__proto__') throw refuse(`is not a field of ${type.name}`, path)
    const twin = spelled.get(field)
    if (twin !== undefined) throw refuse(`is the same field as ${twin}`, path)
    spelled.set(field, name)
    if (value === null) continue
    const choice = field.partOf
    const rival = choice ? spelled.get(choice) : undefined
    if (choice && rival !== undefined)
      throw refuse(`is set beside ${rival}, and ${choice.name} takes one of them`, path)
    if (choice) spelled.set(choice, name)
    object[field.name] = fieldValue(field, value, path)
  }
  const missing = type.fieldsArray.find((field) => field.required && !Object.hasOwn(object, field.name))
  if (missing) throw refuse('is required', [...at, missing.name])
  return object
}

/** JSON may spell a field as in the proto file, in camel case, or as the file says with `json_name`. */
const fieldOf = (type: protobuf.Type, name: string): protobuf.Field | undefined =>
  type.fieldsArray.find((field) => field.name === name) ?? type.fieldsArray.find((field) => jsonNameOf(field) === name)

function fieldValue(field: protobuf.Field, value: unknown, at: JsonPath): unknown {
  if (field instanceof protobuf.MapField) {
    if (!isJsonObject(value)) throw wrong(at, 'an object')
    const entries = Object.entries(value).map(([key, one]) => {
      const path = [...at, key]
      return [mapKey(field.keyType, key, path), oneValue(field, one, path)] as const
    })
    return Object.fromEntries(entries)
  }
  if (!field.repeated) return oneValue(field, value, at)
  if (!Array.isArray(value)) throw wrong(at, 'a list')
  return value.map((one, i) => oneValue(field, one, [...at, i]))
}

const oneValue = (field: protobuf.Field, value: unknown, at: JsonPath): unknown =>
  field.resolvedType instanceof protobuf.Type
    ? messageOfJson(field.resolvedType, value, at)
    : singleValue(field, value, at)

const wrong = (at: JsonPath, what: string): SnetError =>
  new SnetError('invalid-request', `${fieldPath(at)} must be ${what}`)
