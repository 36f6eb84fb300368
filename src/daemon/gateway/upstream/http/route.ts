import { isObject } from '../../../../shared/is-object.js'
import type { HttpBinding, TranslatedMethod } from '../message-codec.js'
import { cannotAsk } from './faults.js'
import { parsePathTemplate, type PathTemplate } from './path-template.js'

/** What a call is over HTTP, without what belongs to the service as a whole. */
export interface HttpQuestion {
  readonly verb: string
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  /** JSON; undefined for no body. */
  readonly body: unknown
  /** The field of the answer that its body is; empty: all of it. */
  readonly responseBody: string
}

/** How a method is reached. Error: for a request whose fields fit into no path, or into no query. */
export type Route = (request: unknown) => HttpQuestion

interface Binding extends HttpBinding {
  readonly template: PathTemplate
}

type Json = Record<string, unknown>

/** As the reference does it where the proto file says nothing else: the name of the method, and all in the body. */
export const plainRoute =
  (nameOf: () => string): Route =>
  (body) => ({ verb: 'POST', path: `/${nameOf()}`, query: [], body, responseBody: '' })

/** As the proto file says by `google.api.http`. Error: for a rule that cannot be followed. */
export function annotatedRoute({ http, absentAt }: Pick<TranslatedMethod, 'http' | 'absentAt'>): Route {
  const bindings = http.map((rule) => checked({ ...rule, template: parsePathTemplate(rule.path) }, absentAt))
  return (request) => {
    const json = isObject(request) ? request : {}
    for (const binding of bindings) {
      const path = binding.template.fill((field) => textOf(valueAt(json, field) ?? absentAt(field)))
      if (path !== undefined) return questionBy(binding, path, json, absentAt)
    }
    throw cannotAsk(`the request does not fit into the path ${http.map(({ path }) => path).join(' or ')}`)
  }
}

function checked(binding: Binding, absentAt: TranslatedMethod['absentAt']): Binding {
  const { verb, body, template } = binding
  if (!/^[A-Z]+$/.test(verb) || verb === 'CONNECT') throw new Error(`"${verb}" is no HTTP method`)
  const fields = body === '' || body === '*' ? template.fields : [...template.fields, [body]]
  const unknown = fields.find((field) => absentAt(field) === undefined)
  if (unknown) throw new Error(`the request has no field ${unknown.join('.')}`)
  return binding
}

function questionBy(
  { verb, body, template, responseBody }: Binding,
  path: string,
  json: Json,
  absentAt: TranslatedMethod['absentAt'],
): HttpQuestion {
  let rest = template.fields.reduce(without, json)
  if (body === '*') return { verb, path, query: [], body: rest, responseBody }
  const content = body === '' ? undefined : (rest[body] ?? absentAt([body]))
  if (body !== '') rest = without(rest, [body])
  return { verb, path, query: [...queryOf(rest)], body: content, responseBody }
}

const valueAt = (json: unknown, [name = '', ...rest]: readonly string[]): unknown => {
  const value = isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined
  return rest.length === 0 ? value : valueAt(value, rest)
}

const isSingle = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

const textOf = (value: unknown): string | undefined => (isSingle(value) ? String(value) : undefined)

/** The same without the field at the path. */
function without(json: Json, [name = '', ...rest]: readonly string[]): Json {
  const { [name]: value, ...others } = json
  if (rest.length === 0 || !isObject(value)) return others
  return { ...json, [name]: without(value, rest) }
}

/** Fields within others with dots between their names, repeated ones as often as they have values. */
function* queryOf(json: Json, at = ''): Generator<readonly [name: string, value: string]> {
  for (const [name, value] of Object.entries(json)) {
    const whole = `${at}${name}`
    if (isObject(value)) yield* queryOf(value, `${whole}.`)
    else
      for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
        if (!isSingle(one)) throw cannotAsk(`a query has no room for ${whole}`)
        yield [whole, String(one)]
      }
  }
}
