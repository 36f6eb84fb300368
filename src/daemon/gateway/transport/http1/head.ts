import { trimBlanks } from '../../metadata.js'

/** The head of a request that may have a body. */
export interface Head {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly version: '1.0' | '1.1'
  /** Lower-case names and values in turn. */
  readonly raw: readonly string[]
  readonly body: BodyKind
  /** The client waits for our word before it sends its body. */
  readonly waitsForWord: boolean
  /** Whether another request may follow. */
  readonly keepsAlive: boolean
}

export type BodyKind = { readonly kind: 'sized'; readonly bytes: number } | { readonly kind: 'chunked' }

const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/(1\.[01])$/
/** Strictly, without lines that go on in the next one: whoever stands in front must read it as it is read here. */
const FIELD_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t\x20-\x7e\x80-\xff]*)$/
const MAX_FIELDS = 256

/** @param text from the first line to the empty one; undefined where it is no head by the letter of RFC 9112 */
export function parseHead(text: string): Head | undefined {
  const [first = '', ...lines] = text.split('\r\n')
  const match = REQUEST_LINE.exec(first)
  const fields = readFields(lines)
  if (!match || !fields) return undefined
  const [, method = '', target = '', version] = match
  const body = bodyOf(fields)
  if (!body || (version === '1.0' && body.kind === 'chunked')) return undefined
  const ofConnection = fields.listed('connection')
  return {
    ...{ method, target: originForm(target), version: version as Head['version'], body },
    raw: fields.entries.flatMap(([name, value]) => (ofConnection.includes(name) ? [] : [name, value])),
    waitsForWord: version === '1.1' && fields.listed('expect').includes('100-continue'),
    keepsAlive: version === '1.1' && !ofConnection.includes('close'),
  }
}

/** A request line may have the whole URL, as one to a proxy has: what is asked for is its path (RFC 9112 3.2.2). */
export const originForm = (target: string): string => target.replace(/^https?:\/\/[^/?]*/i, '')

class Fields {
  constructor(readonly entries: readonly (readonly [name: string, value: string])[]) {}

  /** All that is listed under this name, in lower case. */
  listed(name: string): string[] {
    const lines = this.entries.flatMap(([each, value]) => (each === name ? [value] : []))
    const words = lines.flatMap((line) => line.toLowerCase().split(','))
    return words.map(trimBlanks).filter((word) => word !== '')
  }
}

function readFields(lines: readonly string[]): Fields | undefined {
  const entries: [string, string][] = []
  for (const line of lines) {
    if (line === '') break
    const match = FIELD_LINE.exec(line)
    if (!match || entries.length === MAX_FIELDS) return undefined
    entries.push([(match[1] as string).toLowerCase(), trimBlanks(match[2] as string)])
  }
  return new Fields(entries)
}

/** Undefined where the fields contradict each other, or name a coding that nobody knows. */
function bodyOf(fields: Fields): BodyKind | undefined {
  const [codings, lengths] = [fields.listed('transfer-encoding'), fields.listed('content-length')]
  if (codings.length > 0) return codings.join() === 'chunked' && lengths.length === 0 ? { kind: 'chunked' } : undefined
  const [length = '0'] = lengths
  if (!/^\d{1,15}$/.test(length) || lengths.some((other) => other !== length)) return undefined
  return { kind: 'sized', bytes: Number(length) }
}
