import { isObject } from '../../shared/is-object.js'

/** Whose payments an export has: its first line. */
export interface ExportHead {
  readonly network: string
  readonly organization: string
  readonly group: string
  readonly mpe: string
  readonly backend: string
}

/** Its last line. */
export interface ExportEnd {
  /** How many records of each kind. */
  readonly records: Readonly<Record<string, number>>
  readonly signed: bigint
  readonly claims: bigint
}

/** Undefined for what is no line of JSON. */
export function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Undefined for what is no head. What is in it is judged by the daemon's code. */
export function parseHead(line: string): ExportHead | undefined {
  const head = parseObject(line)
  if (head?.['export'] !== 'snetd payments') return undefined
  const text = (name: string): string => {
    const value = head[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    network: text('network'),
    organization: text('organization'),
    group: text('group'),
    mpe: text('mpe'),
    backend: text('backend'),
  }
}

/** Undefined for any other line. */
export function parseEnd(raw: Readonly<Record<string, unknown>>): ExportEnd | undefined {
  const { end, records, signed, claims } = raw
  if (end !== true || !isObject(records) || typeof signed !== 'string' || typeof claims !== 'string') return undefined
  return { records: records as Record<string, number>, signed: BigInt(signed), claims: BigInt(claims) }
}
