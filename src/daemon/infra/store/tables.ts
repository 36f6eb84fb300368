import { join } from 'node:path'
import type { Database, RootDatabase } from 'lmdb'
import { cannotOpen, openLmdb } from '../../data-dir/index.js'

const FOLDER = 'infra'
const OPTIONS = { encoding: 'binary', keyEncoding: 'binary', maxDbs: 12 } as const
const RESTORE_HINT =
  'Put a backup of it in its place, or remove it to begin with an empty one: what was sent and received so far is then forgotten.'
/** How many entries a read copies at a time: while a reader stays open, LMDB cannot reuse freed pages. */
const PAGE = 1_000

export type Table = Database<Buffer, Buffer>

/** Keys start with numbers of four bytes that names.ts gives to texts. */
export interface Tables {
  readonly root: RootDatabase<Buffer, Buffer>
  /** Records as JSON: groups, tests, runs, epochs, names. */
  readonly meta: Database<string, string>
  /** group, id: every event known. */
  readonly ids: Table
  /** group, position. */
  readonly received: Table
  /** run, group: from which position to which. */
  readonly spans: Table
  /** run, test, sequence. */
  readonly sent: Table
  /** The same keys: intentions without an outcome. */
  readonly open: Table
  /** run, cid, device. */
  readonly acks: Table
  /** of a test in a run, or of a group. */
  readonly counts: Table
}

/** Error: `storage-failed` when it cannot be opened. */
export async function openTables(dataDir: string): Promise<Tables> {
  const folder = join(dataDir, FOLDER)
  const root = await openLmdb<Buffer, Buffer>(folder, OPTIONS, RESTORE_HINT)
  try {
    return tablesOf(root)
  } catch (cause) {
    await root.close()
    throw cannotOpen(folder, cause, RESTORE_HINT)
  }
}

function tablesOf(root: Tables['root']): Tables {
  const table = (name: string): Table =>
    root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' })
  return {
    root,
    meta: root.openDB<string, string>({ name: 'meta', encoding: 'string' }),
    ...{ ids: table('ids'), received: table('received'), spans: table('spans'), sent: table('sent') },
    ...{ open: table('open'), acks: table('acks'), counts: table('counts') },
  }
}

export interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

/** Entries whose key starts with `prefix`, at or after `from`, in the order of their keys. */
export function* entriesUnder(table: Table, prefix: Buffer, from = prefix): Generator<Entry> {
  yield* entriesBetween(table, from, following(prefix))
}

/** Every entry, of a table whose keys start with a number. */
export const allEntries = (table: Table): Generator<Entry> => entriesBetween(table, numbers(0), numbers(2 ** 32 - 1))

function* entriesBetween(table: Table, from: Buffer, end: Buffer): Generator<Entry> {
  for (let start = from; ;) {
    const page = [...table.getRange({ start, end, limit: PAGE })].map(({ key, value }) => ({
      key: Buffer.from(key),
      value: Buffer.from(value),
    }))
    yield* page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    start = Buffer.concat([last.key, Buffer.of(0)])
  }
}

export function lastKeyUnder(table: Table, prefix: Buffer): Buffer | undefined {
  const [last] = [...table.getKeys({ start: following(prefix), end: prefix, reverse: true, limit: 1 })]
  return last?.subarray(0, prefix.length).equals(prefix) ? Buffer.from(last) : undefined
}

/** The least key above all that start with `prefix`; numbers of names never reach the largest four bytes. */
function following(prefix: Buffer): Buffer {
  const next = Buffer.from(prefix)
  for (let at = next.length - 1; at >= 0; at--) {
    const digit = ((next[at] ?? 0) + 1) % 256
    next[at] = digit
    if (digit !== 0) break
  }
  return next
}

/** Four bytes for each number. */
export function numbers(...values: number[]): Buffer {
  const bytes = Buffer.allocUnsafe(4 * values.length)
  values.forEach((value, at) => bytes.writeUInt32BE(value, 4 * at))
  return bytes
}

/** Six bytes: sequence numbers and positions. */
export function long(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(6)
  bytes.writeUIntBE(value, 0, 6)
  return bytes
}
