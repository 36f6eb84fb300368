import { existsSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { messageOf, SnetError } from '../../shared/errors.js'
import { channelKey, claimKey, decodeChannel, decodeClaim, encodeChannel, encodeClaim } from './records.js'
import type { Ledger } from './ledger.js'

const FOLDER = 'channels'
/** Raised by each process that opens the store; a process whose number is no longer the newest has lost it. */
const EPOCH = 'owner-epoch'
/** Address space, not disk: about three million channels. */
const MAP_BYTES = 4 * 1024 ** 3

/** The embedded store: LMDB, one writer process. Error: `storage-failed` when it cannot be opened. */
export async function openLmdbLedger(dataDir: string): Promise<Ledger> {
  const folder = join(dataDir, FOLDER)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await openIn(folder)
  } catch (cause) {
    throw new SnetError('storage-failed', `the embedded store in ${folder} cannot be opened: ${messageOf(cause)}`, {
      hint: 'Check that data_dir lies on a local disk with room, and that this user may write to it.',
      cause,
    })
  }
}

async function openIn(folder: string): Promise<Ledger> {
  // overlappingSync would acknowledge before fsync: a signature must be on disk when its call succeeds.
  const db = open<string, string>({ path: folder, encoding: 'string', overlappingSync: false, mapSize: MAP_BYTES })
  await Promise.all(['data.mdb', 'lock.mdb'].map((file) => chmod(join(folder, file), 0o600)))
  const epoch = await db.transaction(() => {
    const next = String(BigInt(db.get(EPOCH) ?? '0') + 1n)
    void db.put(EPOCH, next)
    return next
  })
  return {
    read(id) {
      const version = db.get(channelKey(id))
      return { version, record: version === undefined ? undefined : decodeChannel(version, channelKey(id)) }
    },
    readClaim(id, nonce) {
      const text = db.get(claimKey(id, nonce))
      return text === undefined ? undefined : decodeClaim(text, claimKey(id, nonce))
    },
    async write({ channel, claim }, over) {
      const entries = [[channelKey(channel.id), encodeChannel(channel)] as const]
      if (claim) entries.push([claimKey(claim.channel, claim.nonce), encodeClaim(claim)])
      // Transactions started in one turn of the event loop share one fsync.
      return await db.transaction(() => {
        if (db.get(EPOCH) !== epoch) return 'fenced'
        if (db.get(channelKey(channel.id)) !== over) return 'moved'
        for (const [key, value] of entries) void db.put(key, value)
        return 'written'
      })
    },
    isOwned: () => db.get(EPOCH) === epoch,
    count: () => countChannels(db),
    close: () => db.close(),
  }
}

/** Whether an embedded store lies here and holds any channel. Looks only; takes no ownership. */
export async function hasLmdbRecords(dataDir: string): Promise<boolean> {
  const folder = join(dataDir, FOLDER)
  if (!existsSync(join(folder, 'data.mdb'))) return false
  const db = open<string, string>({ path: folder, encoding: 'string', readOnly: true })
  try {
    return countChannels(db) > 0
  } finally {
    await db.close()
  }
}

/** '0' follows '/', so this range is all keys that begin with `channel/`. */
const countChannels = (db: RootDatabase<string, string>): number =>
  db.getKeysCount({ start: 'channel/', end: 'channel0' })
