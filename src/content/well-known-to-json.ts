import type protobuf from 'protobufjs'
import { camelCase, type Fields } from './json-fields.js'

export interface ToJson {
  messageToJson(type: protobuf.Type, message: Fields): unknown
  valueToJson(field: protobuf.Field, value: unknown): unknown
}

/** The JSON form of those of Google's messages that have one of their own; undefined for any other message. */
export function wellKnownToJson(type: protobuf.Type, message: Fields, rest: ToJson): { json: unknown } | undefined {
  const { fullName } = type
  if (!fullName.startsWith(PACKAGE)) return undefined
  const name = fullName.slice(PACKAGE.length)
  if (!Object.hasOwn(FORMS, name)) return undefined
  return { json: FORMS[name]?.({ type, message, rest }) }
}

const PACKAGE = '.google.protobuf.'

interface Part {
  readonly type: protobuf.Type
  readonly message: Fields
  readonly rest: ToJson
}

/** By its number: archives may bring files of their own, in which names are spelled otherwise. */
const fieldOf = (type: protobuf.Type, id: number): protobuf.Field => {
  const field = type.fieldsById[id]
  if (!field) throw new Error(`${type.fullName.slice(1)} has no field ${id}`)
  return field.resolve()
}

const partOf = ({ type, message }: Part, id: number): unknown => message[fieldOf(type, id).name]

const wrapped = (part: Part): unknown => part.rest.valueToJson(fieldOf(part.type, 1), partOf(part, 1))

const FORMS: Readonly<Record<string, (part: Part) => unknown>> = {
  Timestamp: (part) => {
    const seconds = Number(partOf(part, 1))
    if (seconds < -62_135_596_800 || seconds > 253_402_300_799) throw new Error('a Timestamp is beyond the year 9999')
    return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fraction(Number(partOf(part, 2)))}Z`
  },
  Duration: (part) => {
    const [seconds, nanos] = [Number(partOf(part, 1)), Number(partOf(part, 2))]
    return `${seconds < 0 || nanos < 0 ? '-' : ''}${Math.abs(seconds)}${fraction(Math.abs(nanos))}s`
  },
  FieldMask: (part) => (partOf(part, 1) as readonly string[]).map(camelCase).join(','),
  Struct: (part) => {
    const json = Object.create(null) as Fields
    const values = fieldOf(part.type, 1)
    const map = (partOf(part, 1) ?? {}) as Fields
    for (const key of Object.keys(map).sort()) json[key] = part.rest.valueToJson(values, map[key])
    return json
  },
  Value: (part) => {
    const set = part.type.fieldsArray.find(({ name }) => Object.hasOwn(part.message, name))
    if (!set) throw new Error('a Value has no value')
    return part.rest.valueToJson(set.resolve(), part.message[set.name])
  },
  ListValue: (part) => {
    const values = fieldOf(part.type, 1)
    return (partOf(part, 1) as readonly unknown[]).map((one) => part.rest.valueToJson(values, one))
  },
  Any: (part) => anyToJson(part),
  ...Object.fromEntries(
    ['Double', 'Float', 'Int64', 'UInt64', 'Int32', 'UInt32', 'Bool', 'String', 'Bytes'].map((of) => [
      `${of}Value`,
      wrapped,
    ]),
  ),
}

/** Without digits, or with 3, 6 or 9. */
function fraction(nanos: number): string {
  if (nanos === 0) return ''
  const digits = String(nanos).padStart(9, '0')
  return `.${digits.endsWith('000000') ? digits.slice(0, 3) : digits.endsWith('000') ? digits.slice(0, 6) : digits}`
}

function anyToJson(part: Part): unknown {
  const url = partOf(part, 1) as string
  if (url === '') return {}
  const type = typeOfAny(part.type, url)
  const inner = part.rest.messageToJson(type, type.decode(partOf(part, 2) as Uint8Array))
  return hasOwnForm(type) ? { '@type': url, value: inner } : { '@type': url, ...(inner as object) }
}

/** The message that an Any of this URL holds. Error: where the proto files do not declare it. */
export const typeOfAny = (any: protobuf.Type, url: string): protobuf.Type =>
  any.root.lookupType(`.${url.slice(url.lastIndexOf('/') + 1)}`)

/** Whether its JSON is no object of its fields. */
export const hasOwnForm = ({ fullName }: protobuf.Type): boolean =>
  fullName.startsWith(PACKAGE) && Object.hasOwn(FORMS, fullName.slice(PACKAGE.length))
