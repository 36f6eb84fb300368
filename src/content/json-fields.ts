import type protobuf from 'protobufjs'

/** A decoded message, or one that is to be encoded: its fields by the names of the proto file. */
export type Fields = Record<string, unknown>

/** JSON may spell a field as in the proto file, in camel case, or as the file says with `json_name`. */
export const jsonNameOf = (field: protobuf.Field): string =>
  (field as { jsonName?: string }).jsonName ?? camelCase(field.name)

export const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())

const byName = new WeakMap<protobuf.Type, ReadonlyMap<string, protobuf.Field>>()
const sorted = new WeakMap<protobuf.Type, readonly protobuf.Field[]>()

/** The fields of the message by each of their spellings. */
export function fieldsByName(type: protobuf.Type): ReadonlyMap<string, protobuf.Field> {
  let fields = byName.get(type)
  if (!fields) {
    const usable = fieldsInOrder(type)
    fields = new Map([
      ...usable.map((field) => [jsonNameOf(field), field] as const),
      ...usable.map((field) => [field.name, field] as const),
    ])
    byName.set(type, fields)
  }
  return fields
}

/** The fields of the message in the order of their names: what is signed over has to be the same each time. */
export function fieldsInOrder(type: protobuf.Type): readonly protobuf.Field[] {
  let fields = sorted.get(type)
  if (!fields) {
    // In JavaScript, a field of this name is an object's prototype. Those of extensions have no name in JSON.
    const usable = type.fieldsArray.filter(({ name }) => name !== '__proto__' && !name.startsWith('.'))
    fields = usable.sort((a, b) => (a.name < b.name ? -1 : 1))
    sorted.set(type, fields)
  }
  return fields
}

export const LONG_TYPES: ReadonlySet<string> = new Set(['int64', 'uint64', 'sint64', 'fixed64', 'sfixed64'])
