import type protobuf from 'protobufjs'

/** A message as somebody who writes its JSON wants to know it. */
export interface MessageShape {
  readonly name: string
  readonly fields: readonly FieldShape[]
}

export interface FieldShape {
  readonly name: string
  /** As a proto file writes it: `double`, `repeated string`, `map<string, Item>`, or the values of an enum. */
  readonly type: string
  /** The other fields of which only one may be set; null for a field of its own. */
  readonly oneof: string | null
}

/** Anybody may write a proto file, so the list of fields is bounded. */
const MAX_MESSAGES = 50
const MAX_FIELDS = 200
const MAX_ENUM_VALUES = 20

/** The message, and those that it is made of, in the order in which they are met. */
export function shapesOf(type: protobuf.Type): MessageShape[] {
  const found = new Set([type])
  for (const each of found) {
    if (found.size >= MAX_MESSAGES) break
    for (const { resolvedType } of each.fieldsArray)
      if (resolvedType && 'fieldsArray' in resolvedType) found.add(resolvedType)
  }
  return [...found].slice(0, MAX_MESSAGES).map((each) => ({
    name: nameOf(each),
    fields: each.fieldsArray.slice(0, MAX_FIELDS).map((field) => ({
      name: field.name,
      type: typeOf(field),
      oneof: field.partOf?.name ?? null,
    })),
  }))
}

function typeOf(field: protobuf.Field): string {
  const { resolvedType } = field
  const name =
    resolvedType === null ? field.type : 'values' in resolvedType ? enumText(resolvedType) : nameOf(resolvedType)
  if ('keyType' in field) return `map<${String(field.keyType)}, ${name}>`
  return field.repeated ? `repeated ${name}` : name
}

const enumText = ({ values }: protobuf.Enum): string => {
  const names = Object.keys(values)
  const shown = names.slice(0, MAX_ENUM_VALUES).join(' | ')
  return names.length > MAX_ENUM_VALUES ? `${shown} | …` : shown
}

const nameOf = (object: protobuf.ReflectionObject): string => object.fullName.replace(/^\./, '')
