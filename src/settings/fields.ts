import { parseNet } from '../shared/address-set.js'
import { parseDuration, parseDurationOrSeconds } from '../shared/duration.js'
import { type HostPort, parseHostPort } from '../shared/host-port.js'
import { isObject } from '../shared/is-object.js'
import { isAddress } from '../shared/units.js'
import { splitUrls } from '../shared/url-list.js'
import { type ConfigOf, Expected, type Field, resolveConfig, type Schema } from './engine.js'

/** The kinds of settings: each reads one raw value, or says what it expected. */

const expected = (what: string): never => {
  throw new Expected(what)
}

type Options = Pick<Field<unknown>, 'doc' | 'was' | 'secret' | 'namesSecret' | 'publicDefault' | 'flag' | 'inert'> & {
  default?: string | number | boolean
}

/** A field built from its parser; `T` gains `undefined` when there is no default and it may stay unset. */
const field = <T>(type: string, options: Options & { required?: string }, parse: (raw: unknown) => T): Field<T> => ({
  type,
  parse,
  ...options,
})

/** Leaves the key unset when nobody sets it. */
export const optional = <T>(inner: Field<T>): Field<T | undefined> => inner

/** Demands that somebody sets the key; `why` is what the user reads, with the choices. */
export const required = <T>(inner: Field<T>, why: string): Field<T> => ({ ...inner, required: why })

/** A single value as it was written; objects and lists, which no such setting is, as nothing. */
const textOf = (raw: unknown): string =>
  typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : ''

/** Takes a number as text, too: an id may be written without quotes. */
function asText(raw: unknown): string | undefined {
  if (typeof raw === 'string' && raw.includes('\0')) return expected('a text without zero bytes')
  return typeof raw === 'string' && raw !== '' ? raw : typeof raw === 'number' ? `${raw}` : undefined
}

export const text = ({ placeholder, ...options }: Options & { placeholder?: string }): Field<string> =>
  field('text', options, (raw) => {
    const value = asText(raw) ?? expected('a text that is not empty')
    return value === placeholder ? expected('a value of your own in place of the example') : value
  })

export const path = (options: Options): Field<string> =>
  field('path', options, (raw) => asText(raw) ?? expected('a path'))

export const boolean = (options: Options): Field<boolean> =>
  field('true or false', options, (raw) => {
    const word = textOf(raw).toLowerCase()
    if (['true', 't', '1'].includes(word)) return true
    if (['false', 'f', '0'].includes(word)) return false
    return expected('true or false')
  })

export const integer = ({ min, max, ...options }: Options & { min: number; max: number }): Field<number> =>
  field(`whole number, ${min} to ${max}`, options, (raw) => {
    const value = typeof raw === 'number' ? raw : /^[+-]?\d+$/.test(textOf(raw)) ? Number(raw) : NaN
    return Number.isInteger(value) && value >= min && value <= max
      ? value
      : expected(`a whole number from ${min} to ${max}`)
  })

/** A number of something, or `auto`: as many as fit. */
export const integerOrAuto = ({
  min,
  max,
  ...options
}: Options & { min: number; max: number }): Field<number | 'auto'> =>
  field(`auto, or whole number, ${min} to ${max}`, options, (raw) => {
    if (textOf(raw).toLowerCase() === 'auto') return 'auto'
    const value = /^\d+$/.test(textOf(raw)) ? Number(raw) : NaN
    return value >= min && value <= max ? value : expected(`auto, or a whole number from ${min} to ${max}`)
  })

/** A number from 0 on, also with a fraction. */
export const quantity = (options: Options): Field<number> =>
  field('number', options, (raw) => {
    const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : expected('a number from 0 on')
  })

export const choice = <const C extends readonly string[]>(choices: C, options: Options): Field<C[number]> =>
  field(
    choices.join(', '),
    options,
    (raw) => choices.find((c) => c === raw) ?? expected(`one of ${choices.join(', ')}`),
  )

/** @param assumed scheme of a bare HOST:PORT */
export const url = ({
  schemes,
  assumed,
  ...options
}: Options & { schemes: readonly string[]; assumed?: string }): Field<URL> =>
  field('URL', options, (raw) => {
    const text = textOf(raw)
    const whole = assumed !== undefined && /^[^/]+:\d+$/.test(text) ? `${assumed}://${text}` : text
    const known = typeof raw === 'string' && URL.canParse(whole) ? new URL(whole) : undefined
    return known && schemes.includes(known.protocol.slice(0, -1)) && hasPlace(known)
      ? known
      : expected(`a URL with ${schemes.map((s) => `${s}://`).join(' or ')}`)
  })

/** One, or several as a list; in a text they are separated by commas. */
export function urls({
  max,
  ...options
}: Options & { schemes: readonly string[]; max: number }): Field<readonly [URL, ...URL[]]> {
  const one = url(options)
  return field('URLs', options, (raw) => {
    const parts: readonly unknown[] = Array.isArray(raw) ? raw : typeof raw === 'string' ? splitUrls(raw) : [raw]
    const [first, ...others] = parts.map(one.parse)
    if (!first || others.length >= max) return expected(`1 to ${max} URLs`)
    const all = [first, ...others].map(({ href }) => href)
    if (new Set(all).size < all.length) return expected('URLs that are all different')
    return [first, ...others]
  })
}

/** Where it is: a host, or the path of a socket of this one. */
const hasPlace = ({ protocol, hostname, pathname }: URL): boolean =>
  protocol === 'unix:' ? hostname === '' && pathname.startsWith('/') : hostname !== ''

/** Whose a web page is: scheme, host and port, as browsers write them. `*` stands for all, `null` for pages of nobody. */
export const origin = (options: Options): Field<string> =>
  field('origin', options, (raw) => {
    const text = textOf(raw)
    if (text === '*' || text === 'null') return text
    const { origin = 'null', pathname = '' } = URL.canParse(text) ? new URL(text) : {}
    const isWhole = origin !== 'null' && pathname === '/' && !/[?#@*]/.test(text)
    return isWhole ? origin : expected('an origin such as https://app.example.com, without a path; or *')
  })

/** A host's name in the DNS, as certificates have it. */
export const domain = (options: Options): Field<string> =>
  field('domain', options, (raw) => {
    const name = textOf(raw).toLowerCase()
    const isName = name.length <= 253 && name.split('.').every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label))
    return isName && !/^[\d.]+$/.test(name) ? name : expected('a domain such as service.example.com')
  })

/** Mail goes to one place; whatever is none would be found out when there is something to write about. */
export const mailbox = (options: Options): Field<string> =>
  field('address of e-mail', options, (raw) =>
    /^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,255}$/.test(textOf(raw)) ? textOf(raw) : expected('one address of e-mail'),
  )

export const address = (options: Options): Field<string> =>
  field('address', options, (raw) =>
    typeof raw === 'string' && isAddress(raw) ? raw : expected('an address: 0x and 40 hexadecimal digits'),
  )

/** Addresses that belong together. */
export const net = (options: Options): Field<string> =>
  field('net', options, (raw) =>
    parseNet(textOf(raw)) ? textOf(raw) : expected('an address or a net such as 10.0.0.0/8 or fd00::/8'),
  )

export const privateKey = (options: Options): Field<string> =>
  field('private key', { ...options, secret: true }, (raw) => {
    const digits = textOf(raw).replace(/^0x/i, '')
    return /^[0-9a-f]{64}$/i.test(digits) ? digits : expected('64 hexadecimal digits')
  })

/** An address without a host means every interface, as in Go. */
export const hostPort = (options: Options): Field<HostPort> =>
  field(
    'HOST:PORT',
    options,
    (raw) =>
      parseHostPort(textOf(raw).replace(/^:/, '0.0.0.0:')) ??
      expected('HOST:PORT such as 127.0.0.1:8080 (port 0 takes any free one)'),
  )

/** An address to listen on, or none: `off`, or nothing. */
export const hostPortOrOff = (options: Options): Field<HostPort | 'off'> => ({
  ...hostPort(options),
  type: 'HOST:PORT or off',
  takesEmpty: true,
  parse: (raw) => (raw === '' || textOf(raw).toLowerCase() === 'off' ? 'off' : hostPort(options).parse(raw)),
})

/** A Go duration such as `1m30s`, in milliseconds. */
export const duration = ({ min = 0, ...options }: Options & { min?: number }): Field<number> =>
  field('duration', options, (raw) => {
    const us = parseDuration(raw === 0 ? '0' : textOf(raw))
    if (us === undefined || (typeof raw === 'number' && raw !== 0))
      return expected('a duration such as 500ms, 30s or 5m')
    const total = us / 1_000
    return total >= min && total <= 2 ** 31 - 1 ? total : expected(durationAbove(min))
  })

/** A duration of whole seconds; a plain number means seconds, which is all that older daemons take. */
export const seconds = ({ min, max, ...options }: Options & { min: number; max: number }): Field<number> =>
  field('whole seconds', options, (raw) => {
    const value = (parseDurationOrSeconds(textOf(raw)) ?? NaN) / 1_000_000
    return Number.isInteger(value) && value >= min && value <= max
      ? value
      : expected(`a duration from ${min}s to ${max}s, in whole seconds`)
  })

const durationAbove = (min: number): string => `a duration from ${min}ms to 24 days`

type StructuredOptions = Omit<Options, 'default' | 'flag'> & { default?: unknown }

/** Anything a function of the room can read; for the few settings with a shape of their own. */
export const custom = <T>(type: string, options: StructuredOptions, parse: (raw: unknown) => T): Field<T> => ({
  type,
  isStructured: true,
  ...options,
  parse: (raw) => parse(fromJson(raw)),
})

/** Settings with a schema of their own; in a variable they are JSON. Names it does not know are left alone. */
export const object = <S extends Schema>(schema: S, options: StructuredOptions): Field<ConfigOf<S>> => ({
  type: 'object',
  isStructured: true,
  ...options,
  parse: (raw) => {
    const values = fromJson(raw)
    if (!isObject(values)) return expected('an object such as {"name": "value"}')
    const { config, problems } = resolveConfig(schema, [{ origin: (key) => key, values }])
    return problems.length === 0
      ? config
      : expected(problems.map(({ message }) => message.replace(/ \(from [^)]*\)$/, '')).join('; '))
  },
})

/** Several values, as a list or as one text separated by commas or blanks. */
export const list = <T>(item: Field<T>, options: StructuredOptions): Field<readonly T[]> => ({
  type: `list of ${item.type}`,
  isStructured: true,
  ...options,
  parse: (raw) => {
    const read = fromJson(raw)
    const values = typeof read === 'string' ? read.split(/[\s,]+/).filter((word) => word !== '') : read
    return Array.isArray(values) ? values.map((value: unknown) => item.parse(value)) : expected('a list')
  },
})

/** A text that is JSON, as what it says; any other value as it is. */
function fromJson(raw: unknown): unknown {
  if (typeof raw !== 'string' || !/^\s*[[{]/.test(raw)) return raw
  try {
    return JSON.parse(raw) as unknown
  } catch {
    return expected('JSON')
  }
}
