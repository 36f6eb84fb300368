import type protobuf from 'protobufjs'
import { isObject } from '../shared/is-object.js'
import { isLongNumber, withoutMark } from '../shared/long-numbers.js'
import type { Fields } from './json-fields.js'
import { hasOwnForm, typeOfAny } from './well-known-to-json.js'

type Path = (string | number)[]

export interface FromJson {
  jsonToMessage(type: protobuf.Type, json: unknown, at: Path): Fields
  jsonToValue(field: protobuf.Field, json: unknown, at: Path): unknown
  wrong(at: Path, what: string): Error
  readonly at: Path
}

/** One of Google's messages that have a JSON form of their own; undefined for any other message. */
export function wellKnownFromJson(type: protobuf.Type, json: unknown, rest: FromJson): Fields | undefined {
  if (!hasOwnForm(type)) return undefined
  const name = type.name
  return (READERS[name] ?? wrapped)({ type, json, rest })
}

interface Part {
  readonly type: protobuf.Type
  readonly json: unknown
  readonly rest: FromJson
}

/** By its number: archives may bring files of their own, in which names are spelled otherwise. */
function named(type: protobuf.Type, values: Readonly<Record<number, unknown>>): Fields {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [(type.fieldsById[Number(id)] as protobuf.Field).name, value]),
  )
}

const fieldOf = (type: protobuf.Type, id: number): protobuf.Field => (type.fieldsById[id] as protobuf.Field).resolve()

const wrapped = ({ type, json, rest }: Part): Fields =>
  named(type, { 1: rest.jsonToValue(fieldOf(type, 1), json, rest.at) })

const READERS: Readonly<Record<string, (part: Part) => Fields>> = {
  Timestamp: ({ type, json, rest }) => {
    const [, whole = '', digits = '', zone = ''] = TIME.exec(textOf(json)) ?? []
    const seconds = Date.parse(`${whole.toUpperCase()}${zone.toUpperCase()}`) / 1000
    if (!Number.isInteger(seconds)) throw rest.wrong(rest.at, 'a time such as 2026-01-31T12:00:00Z')
    return named(type, { 1: seconds, 2: Number(digits.padEnd(9, '0')) })
  },
  Duration: ({ type, json, rest }) => {
    const [matches, sign = '', whole = '', digits = ''] = DURATION.exec(textOf(json)) ?? []
    if (matches === undefined || Number(whole) > MAX_SECONDS) throw rest.wrong(rest.at, 'a duration such as 1.5s')
    const factor = sign === '-' ? -1 : 1
    return named(type, { 1: factor * Number(whole), 2: factor * Number(digits.padEnd(9, '0')) })
  },
  FieldMask: ({ type, json, rest }) => {
    if (typeof json !== 'string') throw rest.wrong(rest.at, 'names of fields with commas between them')
    const paths = json === '' ? [] : json.split(',').map(snakeCase)
    return named(type, { 1: paths })
  },
  Struct: ({ type, json, rest }) => {
    if (!isObject(json)) throw rest.wrong(rest.at, 'an object')
    const values = fieldOf(type, 1)
    const entries = Object.entries(json).map(([key, one]) => [key, rest.jsonToValue(values, one, [...rest.at, key])])
    return named(type, { 1: Object.fromEntries(entries) as unknown })
  },
  ListValue: ({ type, json, rest }) => {
    if (!Array.isArray(json)) throw rest.wrong(rest.at, 'a list')
    const values = fieldOf(type, 1)
    return named(type, { 1: json.map((one, i) => rest.jsonToValue(values, one, [...rest.at, i])) })
  },
  Value: (part) => valueFromJson(part),
  Any: (part) => anyFromJson(part),
}

const TIME = /^(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/
const DURATION = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/
const MAX_SECONDS = 315_576_000_000

const textOf = (json: unknown): string => (typeof json === 'string' ? json : '')

const snakeCase = (path: string): string => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Null, number, text, true or false, object, list: the numbers of its fields. */
function valueFromJson({ type, json, rest }: Part): Fields {
  if (json === null || json === undefined) return named(type, { 1: 0 })
  if (typeof json === 'number' || isLongNumber(json)) return named(type, { 2: Number(withoutMark(json)) })
  if (typeof json === 'string') return named(type, { 3: rest.jsonToValue(fieldOf(type, 3), json, rest.at) })
  if (typeof json === 'boolean') return named(type, { 4: json })
  const id = Array.isArray(json) ? 6 : 5
  return named(type, { [id]: rest.jsonToValue(fieldOf(type, id), json, rest.at) })
}

function anyFromJson({ type, json, rest }: Part): Fields {
  if (!isObject(json)) throw rest.wrong(rest.at, 'an object')
  const { '@type': url, ...fields } = json
  if (url === undefined && Object.keys(fields).length === 0) return {}
  if (typeof url !== 'string') throw rest.wrong(rest.at, 'an object with @type')
  const inner = typeOfAny(type, url)
  const message = rest.jsonToMessage(inner, hasOwnForm(inner) ? fields['value'] : fields, rest.at)
  return named(type, { 1: url, 2: inner.encode(message).finish() })
}
