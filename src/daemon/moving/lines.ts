import { SnetError } from '../../shared/errors.js'
import { isObject } from '../../shared/is-object.js'
import type { StoreIdentity } from '../storage/index.js'

/** An export as text: a line of JSON for its head, one for each record, and one for its end. */
const FORMAT = 1

/** The first line: whose payments they are. */
export interface Head extends StoreIdentity {
  /** ISO 8601. */
  readonly time: string
}

/** The last line: an export without it was cut. */
export interface End {
  readonly records: Readonly<Record<string, number>>
  readonly signed: bigint
  readonly claims: bigint
}

export type Line =
  | { readonly is: 'record'; readonly record: string; readonly key: string; readonly raw: Record<string, unknown> }
  | { readonly is: 'end'; readonly end: End }

export const headLine = ({ network, organization, group, mpe, backend, time }: Head): string =>
  lineOf({ export: 'snetd payments', version: FORMAT, network, organization, group, mpe, backend, time })

export const recordLine = (record: string, key: string, fields: object): string => lineOf({ record, key, ...fields })

export const endLine = ({ records, signed, claims }: End): string =>
  lineOf({
    end: true,
    records,
    signed: String(signed),
    claims: String(claims),
    total: String(signed + claims),
  })

/** Plain letters, whatever names hold: a terminal and every tool shows them the same. */
const lineOf = (value: object): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Error: `invalid-request` for a first line that is no head, or of a later version. */
export function parseHead(line: string | undefined): Head {
  const raw = line === undefined ? undefined : parseObject(line)
  if (raw?.['export'] !== 'snetd payments') {
    throw new SnetError('invalid-request', 'this is no export of payments: its first line does not say so', {
      hint: 'Name a file that "snetd storage export" wrote.',
    })
  }
  if (raw['version'] !== FORMAT) {
    throw new SnetError('invalid-request', `this export has version ${String(raw['version'])}, known is ${FORMAT}`, {
      hint: 'A newer snetd wrote it: use that one, or a newer one, here too.',
    })
  }
  const text = (name: string): string => {
    const value = raw[name]
    if (typeof value === 'string') return value
    throw new SnetError('invalid-request', `the first line of the export is damaged: it has no ${name}`)
  }
  return {
    network: text('network'),
    organization: text('organization'),
    group: text('group'),
    mpe: text('mpe'),
    backend: text('backend') as Head['backend'],
    time: text('time'),
  }
}

/** Undefined for what is no line of an export. */
export function parseLine(line: string): Line | undefined {
  const raw = parseObject(line)
  if (!raw) return undefined
  const { record, key } = raw
  if (typeof record === 'string' && typeof key === 'string') return { is: 'record', record, key, raw }
  const end = raw['end'] === true ? parseEnd(raw) : undefined
  return end && { is: 'end', end }
}

function parseEnd({ records, signed, claims }: Record<string, unknown>): End | undefined {
  if (!isObject(records) || !isAmount(signed) || !isAmount(claims)) return undefined
  const counts = Object.entries(records).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]))
  return { records: Object.fromEntries(counts), signed: BigInt(signed), claims: BigInt(claims) }
}

const isAmount = (value: unknown): value is string => typeof value === 'string' && /^\d{1,100}$/.test(value)

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
