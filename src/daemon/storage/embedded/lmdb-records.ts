import { join } from 'node:path'
import type { RootDatabase } from 'lmdb'
import { cannotOpen, causeOf, Damaged, hasLmdb, openLmdb } from '../../data-dir/index.js'
import type { RecordStore, RowChange } from '../record-store.js'
import { besidesOf, CHANNEL_KEYS, ROW_KEYS, channelKey, entriesOf, recordsIn } from '../record-text.js'
import { GroupCommits } from './group-commits.js'

/** Raised by each process that opens the store; a process whose number is no longer the newest has lost it. */
const EPOCH = 'owner-epoch'

/** A mark inside, so that a copy of the files has it too. Its owner changes it as a row. */
export const MOVED = 'moved-to'

/** The embedded store, open and not owned yet. */
export interface LmdbStore {
  /** Channels with a record, and rows of tables. */
  readonly records: number
  /** How many processes have owned it. */
  readonly owners: bigint
  /** Where its payments are sold from in its place, as it was marked; undefined where they are sold from here. */
  readonly moved: string | undefined
  /** Makes this process its owner, the next in number. Error: `storage-failed`. */
  own(): Promise<RecordStore>
  close(): Promise<void>
}

const folderOf = (dataDir: string): string => join(dataDir, 'channels')

/** Whether one was ever begun in this directory. */
export const hasLmdbStore = (dataDir: string): Promise<boolean> => hasLmdb(folderOf(dataDir))

/** The embedded store: LMDB, one writer process. Error: `storage-failed` when it cannot be opened. */
export async function openLmdbStore(dataDir: string): Promise<LmdbStore> {
  const folder = folderOf(dataDir)
  const db = await openLmdb<string, string>(folder, { encoding: 'string' }, restoreHint(folder))
  try {
    return {
      records: countChannels(db) + db.getKeysCount({ ...ROW_KEYS }),
      owners: ownersOf(db),
      moved: db.get(MOVED),
      own: () => own(db, folder),
      close: () => db.close(),
    }
  } catch (cause) {
    await db.close()
    throw cannotOpen(folder, cause, restoreHint(folder))
  }
}

const restoreHint = (folder: string): string =>
  `Keep a copy of it, and put the newest backup of ${folder} in its place: without one, amounts that clients have paid already would buy again.`

async function own(db: RootDatabase<string, string>, folder: string): Promise<RecordStore> {
  const epoch = await db
    .transaction(() => {
      const next = String(ownersOf(db) + 1n)
      void db.put(EPOCH, next)
      return next
    })
    .catch(async (fault: unknown) => {
      throw cannotOpen(folder, await causeOf(fault), restoreHint(folder))
    })
  const commits = new GroupCommits(db)
  return {
    ...recordsIn(
      (key) => db.get(key),
      (prefix) => listRows(db, prefix),
    ),
    write(write, over) {
      const entries = entriesOf(write)
      return commits.run(() => {
        if (db.get(EPOCH) !== epoch) return 'fenced'
        if (db.get(channelKey(write.channel.id)) !== over) return 'moved'
        const besides = besidesOf(write, (key) => db.get(key))
        for (const [key, text] of entries) void db.put(key, text)
        for (const [key, text] of besides) void db.put(key, text)
        return 'written'
      })
    },
    readRow: (key) => db.get(key),
    listRows: (prefix) => listRows(db, prefix),
    changeRow: <Result>(key: string, change: RowChange<Result>) =>
      commits.run(() => (db.get(EPOCH) === epoch ? changeRow(db, key, change) : 'fenced')),
    isOwned: () => db.get(EPOCH) === epoch,
    count: () => countChannels(db),
    async close() {
      await commits.idle()
      await db.close()
    },
  }
}

/** Inside a transaction. */
function changeRow<Result>(
  db: RootDatabase<string, string>,
  key: string,
  change: RowChange<Result>,
): { result: Result } {
  const now = db.get(key)
  const { value, result } = change(now)
  if (value === now) return { result }
  if (value === undefined) void db.remove(key)
  else void db.put(key, value)
  return { result }
}

/** Page by page: a reader who takes his time keeps no old state of the store alive. */
function* listRows(db: RootDatabase<string, string>, prefix: string): Generator<readonly [string, string]> {
  let last: string | undefined
  for (;;) {
    const after = last === undefined ? { start: prefix } : { start: last, exclusiveStart: true }
    const page = [...db.getRange({ ...after, limit: PAGE_ROWS })]
    for (const { key, value } of page) {
      if (!key.startsWith(prefix)) return
      yield [key, value]
    }
    if (page.length < PAGE_ROWS) return
    last = page.at(-1)?.key
  }
}

const PAGE_ROWS = 256

function ownersOf(db: RootDatabase<string, string>): bigint {
  const owners = db.get(EPOCH) ?? '0'
  if (!/^\d{1,20}$/.test(owners)) throw new Damaged('it does not say how often it was opened')
  return BigInt(owners)
}

const countChannels = (db: RootDatabase<string, string>): number => db.getKeysCount({ ...CHANNEL_KEYS })
