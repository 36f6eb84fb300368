import type protobuf from 'protobufjs'

/** One way in which a method says, by `google.api.http`, how it is reached over HTTP. */
export interface HttpBinding {
  /** `GET`, `POST` or what else HTTP knows. */
  readonly verb: string
  /** A template such as `/v1/{name=shelves/*}:read`. */
  readonly path: string
  /** `*`, the name of a field of the request, or empty: none. */
  readonly body: string
  /** The field of the answer that the body of the answer is; empty: the body is the answer. */
  readonly responseBody: string
}

const OPTION = /^\(\.?google\.api\.http\)$/
const VERBS = ['get', 'put', 'post', 'delete', 'patch'] as const
const MAX_BINDINGS = 20

/** The binding of the method, and its additional ones after it; empty where it has none. */
export function httpBindingsOf(method: protobuf.Method): HttpBinding[] {
  const options = (method.parsedOptions ?? []) as unknown as readonly Fields[]
  const rules = options.flatMap((one) =>
    Object.entries(one).flatMap(([name, rule]) => (OPTION.test(name) ? [rule] : [])),
  )
  // An option may be written in parts, a line for each of its fields.
  const rule = fieldsOf(Object.assign({}, ...rules.map(fieldsOf)) as unknown)
  const more = [rule['additional_bindings'] ?? []].flat()
  return [rule, ...more.slice(0, MAX_BINDINGS).map(fieldsOf)].flatMap(bindingOf)
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function bindingOf(rule: Fields): HttpBinding[] {
  const custom = fieldsOf(rule['custom'])
  const verb = VERBS.find((name) => textOf(rule[name]) !== '')
  const path = textOf(verb === undefined ? custom['path'] : rule[verb])
  if (path === '') return []
  const body = textOf(rule['body'])
  const responseBody = textOf(rule['response_body'])
  return [{ verb: (verb ?? textOf(custom['kind'])).toUpperCase(), path, body, responseBody }]
}
