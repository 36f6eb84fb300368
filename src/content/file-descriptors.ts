import protobuf from 'protobufjs'
import descriptor, {
  type IDescriptorProto,
  type IEnumDescriptorProto,
  type IFieldDescriptorProto,
  type IFileDescriptorProto,
  type IServiceDescriptorProto,
} from 'protobufjs/ext/descriptor.js'
import { withinObject } from './resolved-objects.js'

/** A proto file as reflection tells it. Plain values, which can be handed to another process. */
export interface FileDescriptor {
  readonly name: string
  /** A `FileDescriptorProto` in base64; of its options only those that say how messages are encoded. */
  readonly bytes: string
  /** Names of the files that it needs. */
  readonly needs: readonly string[]
  /** Full names of all that is declared in it. */
  readonly symbols: readonly string[]
  readonly services: readonly string[]
  /** Its extension fields: full names of the messages that they extend, and their numbers. */
  readonly extensions: readonly (readonly [message: string, number: number])[]
}

/**
 * @param objects what the file declares, all of whose types are found
 * @param fileOf the file that declares a type
 */
export function describeFile(
  name: string,
  objects: readonly ReflectionObject[],
  fileOf: (type: ReflectionObject) => string | undefined,
): FileDescriptor {
  const all = objects.flatMap((object) => [...withinObject(object)]).filter((each) => !isAdded(each))
  const used = all.flatMap(usedBy)
  const dependency = [...new Set(used.map(fileOf))].filter((file) => file !== undefined && file !== name) as string[]
  const file: IFileDescriptorProto = {
    name,
    package: objects[0]?.parent?.fullName.slice(1) ?? '',
    dependency,
    ...syntaxOf(objects[0]),
    messageType: objects.filter(isType).map(messageOf),
    enumType: objects.filter(isEnum).map(enumOf),
    service: objects.filter(isService).map(serviceOf),
    extension: objects.filter(isField).map(fieldOf),
  }
  return {
    name,
    bytes: Buffer.from(descriptor.FileDescriptorProto.encode(fromObject(file)).finish()).toString('base64'),
    needs: dependency,
    symbols: all.flatMap(symbolsOf),
    services: objects.filter(isService).map(fullNameOf),
    extensions: all.flatMap((each) =>
      isField(each) && each.extend !== undefined ? [[extendeeOf(each).slice(1), each.id]] : [],
    ),
  }
}

const fromObject = (file: IFileDescriptorProto) => descriptor.FileDescriptorProto.fromObject(file)

type ReflectionObject = protobuf.ReflectionObject

/** A field that an extension of somebody's has put there; it is declared elsewhere. */
const isAdded = (object: ReflectionObject): boolean => isField(object) && object.declaringField !== null

const isType = (object: ReflectionObject): object is protobuf.Type => object instanceof protobuf.Type
const isEnum = (object: ReflectionObject): object is protobuf.Enum => object instanceof protobuf.Enum
const isField = (object: ReflectionObject): object is protobuf.Field => object instanceof protobuf.Field
const isService = (object: ReflectionObject): object is protobuf.Service => object instanceof protobuf.Service
const fullNameOf = ({ fullName }: ReflectionObject): string => fullName.slice(1)

/** What the object itself refers to. */
function usedBy(object: ReflectionObject): ReflectionObject[] {
  const found = isField(object)
    ? [object.resolvedType, object.extensionField?.parent]
    : isService(object)
      ? object.methodsArray.flatMap((method) => [method.resolvedRequestType, method.resolvedResponseType])
      : []
  return found.filter((each) => each !== null && each !== undefined)
}

/** Values of an enum are names beside it, not within it. */
function symbolsOf(object: ReflectionObject): string[] {
  const name = fullNameOf(object)
  if (isService(object)) return [name, ...object.methodsArray.map((method) => `${name}.${method.name}`)]
  if (!isEnum(object)) return [name]
  const around = name.slice(0, name.lastIndexOf('.') + 1)
  return [name, ...Object.keys(object.values).map((value) => `${around}${value}`)]
}

const EDITION_2023 = 1_000

function syntaxOf(object: ReflectionObject | undefined): Pick<IFileDescriptorProto, 'syntax' | 'edition'> {
  const edition = (object as { _edition?: string | null } | undefined)?._edition ?? 'proto3'
  if (edition.startsWith('proto')) return { syntax: edition }
  return { syntax: 'editions', edition: EDITION_2023 + Number(edition) - 2023 }
}

function messageOf(type: protobuf.Type): IDescriptorProto {
  const nested = type.nestedArray
  const fields = type.fieldsArray.filter((field) => !isAdded(field))
  const maps = fields.filter((field) => field instanceof protobuf.MapField)
  return {
    name: type.name,
    field: fields.map(fieldOf),
    extension: nested.filter(isField).map(fieldOf),
    nestedType: [...nested.filter(isType).map(messageOf), ...maps.map(entryOf)],
    enumType: nested.filter(isEnum).map(enumOf),
    oneofDecl: oneofsOf(type).map(({ name }) => ({ name })),
    extensionRange: ((type.extensions as number[][] | undefined) ?? []).map(([start = 0, end = 0]) => ({
      start,
      end: end + 1,
    })),
    options: optionsOf(type, ['message_set_wire_format', 'deprecated']),
  }
}

/** Those that stand for `optional` come last: nobody takes them otherwise. */
const oneofsOf = (type: protobuf.Type): protobuf.OneOf[] =>
  type.oneofsArray.toSorted((a, b) => Number(a.isProto3Optional) - Number(b.isProto3Optional))

/** The message that a map is a list of, as protoc names it. */
const entryName = ({ name }: Pick<protobuf.FieldBase, 'name'>): string =>
  `${name.replace(/(?:^|_)([^_])/g, (_all, letter: string) => letter.toUpperCase()).replaceAll('_', '')}Entry`

const entryOf = (map: protobuf.MapField): IDescriptorProto => ({
  name: entryName(map),
  field: [
    { name: 'key', jsonName: 'key', number: 1, label: OPTIONAL, type: SCALARS[map.keyType] ?? 0 },
    { name: 'value', jsonName: 'value', number: 2, label: OPTIONAL, ...typeOf(map) },
  ],
  options: { mapEntry: true },
})

const [OPTIONAL, REQUIRED, REPEATED] = [1, 2, 3]
const [GROUP, MESSAGE, ENUM] = [10, 11, 14]
const SCALARS: Readonly<Record<string, number>> = {
  ...{ double: 1, float: 2, int64: 3, uint64: 4, int32: 5, fixed64: 6, fixed32: 7, bool: 8, string: 9, bytes: 12 },
  ...{ uint32: 13, sfixed32: 15, sfixed64: 16, sint32: 17, sint64: 18 },
}

function typeOf({ type, resolvedType }: protobuf.FieldBase): { type: number; typeName?: string } {
  if (!resolvedType) return { type: SCALARS[type] ?? 0 }
  if (isEnum(resolvedType)) return { type: ENUM, typeName: resolvedType.fullName }
  const isGroup = (resolvedType as { group?: boolean }).group === true
  return { type: isGroup ? GROUP : MESSAGE, typeName: resolvedType.fullName }
}

const extendeeOf = (field: protobuf.Field): string => field.extensionField?.parent?.fullName ?? field.extend ?? ''

function fieldOf(field: protobuf.Field): IFieldDescriptorProto {
  const options = (field.options ?? {}) as Record<string, unknown>
  const isMap = field instanceof protobuf.MapField
  const oneof =
    field.partOf && field.parent instanceof protobuf.Type ? oneofsOf(field.parent).indexOf(field.partOf) : -1
  const byDefault = options['default']
  return {
    name: field.name,
    jsonName: typeof options['json_name'] === 'string' ? options['json_name'] : lowerCamel(field.name),
    number: field.id,
    label: isMap || field.repeated ? REPEATED : field.rule === 'required' ? REQUIRED : OPTIONAL,
    ...(isMap ? { type: MESSAGE, typeName: `${field.parent?.fullName}.${entryName(field)}` } : typeOf(field)),
    ...(field.extend !== undefined && { extendee: extendeeOf(field) }),
    ...(oneof >= 0 && { oneofIndex: oneof }),
    ...(options['proto3_optional'] === true && { proto3Optional: true }),
    ...(['string', 'number', 'boolean'].includes(typeof byDefault) && { defaultValue: defaultText(byDefault) }),
    options: optionsOf(field, ['packed', 'deprecated']),
  }
}

const defaultText = (value: unknown): string =>
  String(value)
    .replace(/^(-?)Infinity$/, '$1inf')
    .replace(/^NaN$/, 'nan')

const lowerCamel = (name: string): string =>
  name.replace(/_+([^_])/g, (_all, letter: string) => letter.toUpperCase()).replaceAll('_', '')

const enumOf = (object: protobuf.Enum): IEnumDescriptorProto => ({
  name: object.name,
  value: Object.entries(object.values).map(([name, number]) => ({ name, number })),
  options: optionsOf(object, ['allow_alias', 'deprecated']),
})

const serviceOf = (service: protobuf.Service): IServiceDescriptorProto => ({
  name: service.name,
  method: service.methodsArray.map((method) => ({
    name: method.name,
    inputType: method.resolvedRequestType?.fullName ?? '',
    outputType: method.resolvedResponseType?.fullName ?? '',
    clientStreaming: method.requestStream ?? false,
    serverStreaming: method.responseStream ?? false,
    options: optionsOf(method, ['deprecated']),
  })),
  options: optionsOf(service, ['deprecated']),
})

/** The switches of this name, and what editions say of the object. */
function optionsOf({ options = {} }: ReflectionObject, names: readonly string[]): Record<string, unknown> | undefined {
  const known = options as Record<string, unknown>
  const told = names.flatMap((name) =>
    typeof known[name] === 'boolean' ? [[lowerCamel(name), known[name]] as const] : [],
  )
  const { features } = known
  const isPlain = typeof features === 'object' && features !== null
  const ofEdition = isPlain ? Object.entries(features).map(([name, value]) => [lowerCamel(name), value as unknown]) : []
  if (told.length + ofEdition.length === 0) return undefined
  return { ...Object.fromEntries(told), ...(ofEdition.length > 0 && { features: Object.fromEntries(ofEdition) }) }
}
