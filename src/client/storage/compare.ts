import { createHash } from 'node:crypto'
import { SnetError } from '../../shared/errors.js'
import { type ExportEnd, parseEnd, parseHead, parseObject } from './export-text.js'

/** A record that two exports do not have alike. */
export interface Difference {
  readonly record: string
  readonly key: string
  /** What each of the two has; null for nothing. */
  readonly a: string | null
  readonly b: string | null
}

export interface Comparison {
  /** What the first lines differ in, beside backend and time. */
  readonly identities: readonly string[]
  readonly a: ExportEnd
  readonly b: ExportEnd
  /** The first of them. */
  readonly differing: readonly Difference[]
  readonly differingInAll: number
}

const MOST_NAMED = 1_000

/** What of a record is kept in memory: there may be many. */
interface Seen {
  readonly digest: string
  readonly text: string
}

/** Compares two exports record by record, in whatever order each has them. Error: `invalid-request` for what is none. */
export async function compareExports(a: AsyncIterable<string>, b: AsyncIterable<string>): Promise<Comparison> {
  const seen = new Map<string, Seen>()
  const first = await readRecords(a, (at, one) => void seen.set(at, one))
  const differing: Difference[] = []
  let differingInAll = 0
  const differ = (at: string, one: Seen | undefined, other: Seen | undefined): void => {
    differingInAll += 1
    const [record = '', key = ''] = at.split('\n')
    const more = one?.text === other?.text ? ', with other details' : ''
    if (differing.length < MOST_NAMED)
      differing.push({ record, key, a: one?.text ?? null, b: other ? other.text + more : null })
  }
  const second = await readRecords(b, (at, other) => {
    const one = seen.get(at)
    seen.delete(at)
    if (one?.digest !== other.digest) differ(at, one, other)
  })
  for (const [at, one] of seen) differ(at, one, undefined)
  const identities = (['network', 'organization', 'group', 'mpe'] as const).flatMap((part) =>
    first.head[part].toLowerCase() === second.head[part].toLowerCase()
      ? []
      : [`${part} ${first.head[part]}, ${second.head[part]}`],
  )
  return { identities, a: first.end, b: second.end, differing, differingInAll }
}

async function readRecords(lines: AsyncIterable<string>, take: (at: string, seen: Seen) => void) {
  let head: ReturnType<typeof parseHead>
  let end: ExportEnd | undefined
  for await (const line of lines) {
    head ??= parseHead(line)
    if (!head) throw new SnetError('invalid-request', 'this is no export of payments: its first line does not say so')
    const raw = parseObject(line)
    if (!raw) throw new SnetError('invalid-request', 'the export has a line that is no record')
    end ??= parseEnd(raw)
    const { record, key } = raw
    if (typeof record === 'string' && typeof key === 'string') take(`${record}\n${key}`, seenOf(raw))
  }
  if (!head || !end) throw new SnetError('invalid-request', 'the export was cut: its last line is missing')
  return { head, end }
}

function seenOf(raw: Record<string, unknown>): Seen {
  const sorted = Object.entries(raw).sort(([a], [b]) => (a < b ? -1 : 1))
  return { digest: createHash('sha256').update(JSON.stringify(sorted)).digest('base64'), text: textOf(raw) }
}

function textOf({ record, ...raw }: Record<string, unknown>): string {
  const say = (...names: string[]): string => names.map((name) => `${name} ${String(raw[name])}`).join(', ')
  switch (record) {
    case 'channel':
      return say('nonce', 'authorized', 'value', 'expiration')
    case 'claim':
      return say('amount')
    case 'free-calls':
      return say('made')
    case 'prepaid':
      return say('planned', 'used', 'refunded')
    default:
      return 'another record'
  }
}
