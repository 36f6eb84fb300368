import protobuf from 'protobufjs'
import { type HttpBinding, httpBindingsOf } from './http-rule.js'
import type { Declared } from './reflection.js'

export interface CompiledMethod {
  /** `/package.Service/Method`. */
  readonly path: string
  readonly requestStream: boolean
  readonly responseStream: boolean
  /** Full names of the messages, with a dot in front. */
  readonly request: string
  readonly response: string
  /** Full names of the messages and enums of the request's own fields, with a dot in front. */
  readonly requestFields: readonly string[]
  /** What it says in options of other packages, by their names as in `(training.dataset_type)`. */
  readonly options: MethodOptions
  /** How it says that it is reached over HTTP; empty where it does not. */
  readonly http: readonly HttpBinding[]
}

export type MethodOptions = Readonly<Record<string, string | number | boolean>>

/** The object and all that is declared within it. */
export function* withinObject(object: protobuf.ReflectionObject): Generator<protobuf.ReflectionObject> {
  yield object
  if (object instanceof protobuf.Type) yield* object.fieldsArray
  if (object instanceof protobuf.Type) yield* object.oneofsArray
  if (object instanceof protobuf.Namespace) for (const inner of object.nestedArray) yield* withinObject(inner)
}

/** What its fields and methods refer to. */
export function* typesUsedBy(object: protobuf.ReflectionObject): Generator<protobuf.ReflectionObject> {
  for (const each of withinObject(object)) {
    if (each instanceof protobuf.Field && each.resolvedType) yield each.resolvedType
    if (each instanceof protobuf.Field && each.extensionField?.parent) yield each.extensionField.parent
    if (!(each instanceof protobuf.Service)) continue
    for (const { resolvedRequestType, resolvedResponseType } of each.methodsArray)
      if (resolvedRequestType && resolvedResponseType) yield* [resolvedRequestType, resolvedResponseType]
  }
}

export const methodsIn = (object: protobuf.ReflectionObject): CompiledMethod[] =>
  [...withinObject(object)].flatMap((service) => {
    if (!(service instanceof protobuf.Service)) return []
    return service.methodsArray.map((method) => ({
      path: `/${service.fullName.slice(1)}/${method.name}`,
      requestStream: method.requestStream ?? false,
      responseStream: method.responseStream ?? false,
      request: method.resolvedRequestType?.fullName ?? '',
      response: method.resolvedResponseType?.fullName ?? '',
      requestFields: fieldTypesOf(method.resolvedRequestType),
      options: optionsOf(method),
      http: httpBindingsOf(method),
    }))
  })

const fieldTypesOf = (type: protobuf.Type | null): string[] => [
  ...new Set((type?.fieldsArray ?? []).flatMap(({ resolvedType }) => (resolvedType ? [resolvedType.fullName] : []))),
]

/** A name may begin with the dot of the outermost scope; without it, it means the same. */
function optionsOf({ options = {} }: protobuf.Method): MethodOptions {
  const custom = Object.entries(options)
    .filter(([name, value]) => name.startsWith('(') && ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => [name.replace(/^\(\./, '('), value as string | number | boolean] as const)
  return Object.fromEntries(custom)
}

/** The options that decide how values are encoded; the others are for generators of code. */
const OPTIONS = ['default', 'features', 'packed', 'proto3_optional'] as const

/** The object as JSON; its types by their full names, so that nobody has to look them up in every package. */
export function toDeclared(object: protobuf.ReflectionObject): Declared[] {
  if (object instanceof protobuf.Service) return []
  for (const each of withinObject(object)) {
    const options = Object.entries(each.options ?? {}).filter(([name]) => (OPTIONS as readonly string[]).includes(name))
    if (options.length > 0) each.options = Object.fromEntries(options)
    else delete each.options
    if (each instanceof protobuf.Enum) delete each.valuesOptions
    if (!(each instanceof protobuf.Field)) continue
    if (each.resolvedType) each.type = each.resolvedType.fullName
    if (each.extensionField?.parent) each.extend = each.extensionField.parent.fullName
  }
  const at = object.parent?.fullName.slice(1) ?? ''
  return [{ at, name: object.name, json: object.toJSON() }]
}
