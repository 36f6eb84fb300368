import { chmod, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { cannotOpen, causeOf } from './lmdb-faults.js'
import { CHANNEL_KEYS, channelKey, entriesOf, recordsIn } from './records.js'
import type { Ledger } from './ledger.js'

const FOLDER = 'channels'
/** Raised by each process that opens the store; a process whose number is no longer the newest has lost it. */
const EPOCH = 'owner-epoch'
/** Address space, not disk; LMDB maps more when about three million channels have filled it. */
const MAP_BYTES = 4 * 1024 ** 3

/** The embedded store: LMDB, one writer process. Error: `storage-failed` when it cannot be opened. */
export async function openLmdbLedger(dataDir: string): Promise<Ledger> {
  const folder = join(dataDir, FOLDER)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await openIn(folder)
  } catch (cause) {
    throw cannotOpen(folder, cause)
  }
}

async function openIn(folder: string): Promise<Ledger> {
  const db = open<string, string>({
    path: folder,
    encoding: 'string',
    mapSize: MAP_BYTES,
    // It would acknowledge before fsync: a signature must be on disk when its call succeeds.
    overlappingSync: false,
    // Its batches carry a promise that nobody can reach: a full disk would end the daemon as an unhandled rejection.
    eventTurnBatching: false,
  })
  await Promise.all(['data.mdb', 'lock.mdb'].map((file) => chmod(join(folder, file), 0o600)))
  const epoch = await db.transaction(() => {
    const next = String(BigInt(db.get(EPOCH) ?? '0') + 1n)
    void db.put(EPOCH, next)
    return next
  })
  return {
    ...recordsIn((key) => db.get(key)),
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

/**
 * Whether an embedded store lies here and holds any channel. Looks only; takes no ownership.
 * Error: `storage-failed` when something is there that cannot be read.
 */
export async function hasLmdbRecords(dataDir: string): Promise<boolean> {
  const folder = join(dataDir, FOLDER)
  const data = await stat(join(folder, 'data.mdb')).catch(() => undefined)
  // A daemon killed while it created the store leaves an empty file, which cannot be opened for reading.
  if (!data || data.size === 0) return false
  try {
    const db = open<string, string>({ path: folder, encoding: 'string', readOnly: true })
    try {
      return countChannels(db) > 0
    } finally {
      await db.close()
    }
  } catch (cause) {
    throw cannotOpen(folder, cause)
  }
}

const countChannels = (db: RootDatabase<string, string>): number => db.getKeysCount(CHANNEL_KEYS)
