import protobuf from 'protobufjs'

/** A declaration as protobufjs writes it, and the package that it is in. */
export interface Declared {
  readonly at: string
  readonly name: string
  readonly json: protobuf.AnyNestedObject
}

/** What may be declared directly in a package: messages, enums, services, extension fields. */
export function* declarationsOf(nested: Nested, at = ''): Generator<Declared> {
  for (const [name, json] of Object.entries(nested)) {
    if (['fields', 'values', 'methods', 'id'].some((mark) => mark in json)) yield { at, name, json }
    else yield* declarationsOf((json as protobuf.INamespace).nested ?? {}, at === '' ? name : `${at}.${name}`)
  }
}

type Nested = Readonly<Record<string, protobuf.AnyNestedObject>>

/** An extension field, and where it is declared; it can be added once what it extends is there. */
export interface Late {
  readonly to: protobuf.NamespaceBase
  readonly field: protobuf.Field
}

/**
 * Adds a declaration to the root, in time that grows with its size: protobufjs would number all fields of a message anew
 * for each one that is added. Numbers and names have to be unique already.
 *
 * @param late takes the extension fields in it
 */
export function declare(root: protobuf.Root, { at, name, json }: Declared, late: Late[]): protobuf.ReflectionObject {
  const parts = at === '' ? [] : at.split('.')
  return add(parts.reduce<protobuf.NamespaceBase>(packageIn, root), name, json, late)
}

/** In place of `define`, which finds for some names what every object inherits. */
function packageIn(outer: protobuf.NamespaceBase, name: string): protobuf.NamespaceBase {
  const known = outer.get(name)
  if (known instanceof protobuf.Namespace) return known
  const inner = new protobuf.Namespace(name)
  outer.add(inner)
  return inner
}

function add(
  to: protobuf.NamespaceBase,
  name: string,
  json: protobuf.AnyNestedObject,
  late: Late[],
): protobuf.ReflectionObject {
  if ('fields' in json) return addType(to, name, json, late)
  if ('id' in json) {
    const field = protobuf.Field.fromJSON(name, json)
    late.push({ to, field })
    return field
  }
  const object = 'values' in json ? protobuf.Enum.fromJSON(name, json) : protobuf.Service.fromJSON(name, json as never)
  to.add(object)
  return object
}

function addType(to: protobuf.NamespaceBase, name: string, json: protobuf.IType, late: Late[]): protobuf.Type {
  const { fields, oneofs = {}, nested = {}, reserved: _reserved, extensions, ...rest } = json
  const type = protobuf.Type.fromJSON(name, { ...rest, fields: {} })
  to.add(type)
  Object.defineProperty(type, 'fieldsById', { value: {}, configurable: true })
  for (const [field, of] of Object.entries(fields)) type.add(fieldOf(field, of))
  Reflect.deleteProperty(type, 'fieldsById')
  // Who is told of the type takes no extension field that is in none of these ranges.
  if (extensions) type.extensions = extensions
  for (const [oneof, of] of Object.entries(oneofs)) type.add(protobuf.OneOf.fromJSON(oneof, of))
  for (const [inner, of] of Object.entries(nested)) add(type, inner, of, late)
  return type
}

const fieldOf = (name: string, json: protobuf.IField): protobuf.FieldBase =>
  'keyType' in json ? protobuf.MapField.fromJSON(name, json as protobuf.IMapField) : protobuf.Field.fromJSON(name, json)
