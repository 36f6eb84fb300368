import { join } from 'node:path'
import type { RootDatabase } from 'lmdb'
import { cannotOpen, causeOf, Damaged, hasLmdb, openLmdb } from '../../data-dir/index.js'
import type { RecordStore } from '../record-store.js'
import { CHANNEL_KEYS, channelKey, decodeChannel, entriesOf, recordsIn } from '../record-text.js'

/** Raised by each process that opens the store; a process whose number is no longer the newest has lost it. */
const EPOCH = 'owner-epoch'

/** The embedded store, open and not owned yet. */
export interface LmdbStore {
  /** Channels with a record. */
  readonly channels: number
  /** How many processes have owned it. */
  readonly owners: bigint
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
      channels: countChannels(db),
      owners: ownersOf(db),
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
  return {
    ...recordsIn((key) => db.get(key)),
    // LMDB writes into the options that it is given.
    *list() {
      for (const { key, value } of db.getRange({ ...CHANNEL_KEYS })) yield decodeChannel(value, key)
    },
    async write(write, over) {
      const entries = entriesOf(write)
      // Transactions started in one turn of the event loop share one fsync. A put that fails spoils them all.
      const outcome = db.transaction(() => {
        if (db.get(EPOCH) !== epoch) return 'fenced'
        if (db.get(channelKey(write.channel.id)) !== over) return 'moved'
        for (const [key, text] of entries) void db.put(key, text)
        return 'written'
      })
      return await outcome.catch(async (fault: unknown) => {
        throw await causeOf(fault)
      })
    },
    isOwned: () => db.get(EPOCH) === epoch,
    count: () => countChannels(db),
    close: () => db.close(),
  }
}

function ownersOf(db: RootDatabase<string, string>): bigint {
  const owners = db.get(EPOCH) ?? '0'
  if (!/^\d{1,20}$/.test(owners)) throw new Damaged('it does not say how often it was opened')
  return BigInt(owners)
}

const countChannels = (db: RootDatabase<string, string>): number => db.getKeysCount({ ...CHANNEL_KEYS })
