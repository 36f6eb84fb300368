/** A path with parts that fields of the request fill, as `google.api.http` writes it: `/v1/{name=shelves/*}:read`. */
export interface PathTemplate {
  /** The fields that it takes. */
  readonly fields: readonly (readonly string[])[]
  /** The path with the values of the fields; undefined where one does not fit. */
  fill(valueOf: (field: readonly string[]) => string | undefined): string | undefined
}

interface Variable {
  readonly field: readonly string[]
  /** `*` for one segment of the path, `**` for any number of them; all else stands for itself. */
  readonly pattern: readonly string[]
}

/** Error: for a template that cannot be filled. */
export function parsePathTemplate(template: string): PathTemplate {
  if (!template.startsWith('/')) throw new Error(`the path "${template}" does not begin with /`)
  const parts: (string | Variable)[] = []
  let at = 0
  for (const { index, 0: whole, 1: field = '', 2: pattern = '*' } of template.matchAll(VARIABLE)) {
    parts.push(literal(template.slice(at, index)), { field: field.split('.'), pattern: pattern.split('/') })
    at = index + whole.length
  }
  parts.push(literal(template.slice(at)))
  return {
    fields: parts.flatMap((part) => (typeof part === 'string' ? [] : [part.field])),
    fill(valueOf) {
      const filled = parts.map((part) => (typeof part === 'string' ? part : fillVariable(part, valueOf(part.field))))
      return filled.includes(undefined) ? undefined : filled.join('')
    },
  }
}

const VARIABLE = /\{([A-Za-z_][\w.]*)(?:=([^{}]+))?\}/g

function literal(text: string): string {
  if (/[{}*?#]|[^!-~]/.test(text)) throw new Error(`"${text}" in a path is not filled by any field`)
  return text
}

function fillVariable({ pattern }: Variable, value: string | undefined): string | undefined {
  if (value === undefined || value === '' || leadsElsewhere(value)) return undefined
  if (pattern.length === 1 && pattern[0] === '*') return escape(value)
  const segments = value.split('/')
  return fits(pattern, segments) ? segments.map(escape).join('/') : undefined
}

/** Whoever unpacks the path would go up, and another method would be asked than the one that is paid for. */
const leadsElsewhere = (value: string): boolean => value.split(/[/\\]/).some((part) => part === '.' || part === '..')

function fits([first, ...rest]: readonly string[], segments: readonly string[]): boolean {
  if (first === undefined) return segments.length === 0
  if (first === '**') return segments.length >= rest.length && fits(rest, segments.slice(segments.length - rest.length))
  const [segment = '', ...further] = segments
  return segment !== '' && (first === '*' || first === segment) && fits(rest, further)
}

const escape = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
