import type protobuf from 'protobufjs'
import { jsonToMessage } from './json-to-message.js'
import { messageToJson } from './message-to-json.js'

/** Between the bytes of one message and the JSON form that protobuf defines of it. */
export interface JsonCodec {
  /** Error: for bytes that are no such message. */
  toJson(bytes: Uint8Array): unknown
  /** Long numbers may be as `parseLong` keeps them. Error: `invalid-request` naming the field. */
  fromJson(json: unknown): Buffer
}

export const jsonCodec = (typeOf: () => protobuf.Type): JsonCodec => ({
  toJson(bytes) {
    const type = typeOf()
    return messageToJson(type, type.decode(bytes))
  },
  fromJson(json) {
    const type = typeOf()
    const { buffer, byteOffset, length } = type.encode(jsonToMessage(type, json)).finish()
    return Buffer.from(buffer, byteOffset, length)
  },
})

/** What the field at the path is in JSON where it is not set; undefined where there is no such field. */
export function absentAt(type: protobuf.Type, path: readonly string[]): unknown {
  const [name = '', ...rest] = path
  const field = type.fields[name]
  if (!field) return undefined
  const { resolvedType } = field
  if (rest.length > 0) return resolvedType && 'fieldsArray' in resolvedType ? absentAt(resolvedType, rest) : undefined
  if (field.map) return {}
  if (field.repeated) return []
  if (resolvedType) return 'fieldsArray' in resolvedType ? {} : (resolvedType.valuesById[0] ?? 0)
  if (field.type === 'bool') return false
  if (field.type === 'string' || field.type === 'bytes') return ''
  return 0
}
