import type { Log, PartHealth } from '../observability/index.js'
import type { ChannelStore } from '../payments/ports.js'
import type { DataDir } from './data-dir.js'
import type { Ledger } from './ledger.js'
import { hasLmdbStore, type LmdbStore, openLmdbStore } from './lmdb-ledger.js'
import { isOf, readMarker, requireMarked, requireNeverThere, type StoreIdentity, writeMarker } from './marker.js'
import { createMemoryLedger } from './memory-ledger.js'
import { OwnedChannels } from './owned-channels.js'

export interface StorageConfig {
  readonly type: 'memory' | 'embedded'
  readonly dataDir: Pick<DataDir, 'path'>
  readonly identity: StoreIdentity
}

export interface Storage extends AsyncDisposable {
  readonly channels: ChannelStore
  /** Channels of which something is kept. */
  count(): number
  health(): PartHealth
}

/**
 * Opens the store for this identity. Errors: `invalid-config` beside another identity's payments; `storage-failed` when
 * it cannot be opened, or is not the one that its marker speaks of.
 */
export async function openStorage(config: StorageConfig, { log }: { log: Log }): Promise<Storage> {
  const { type, dataDir } = config
  const ledger = await openLedger(config)
  if (type === 'memory') log.warn('payments are kept in memory only: they are lost when this daemon ends')
  else log.info('payment store open', { path: dataDir.path, channels: ledger.count() })
  const channels = new OwnedChannels(ledger)
  return {
    channels,
    count: () => ledger.count(),
    health: () => (ledger.isOwned() ? { ok: true } : { ok: false, reason: 'another daemon took over the store' }),
    [Symbol.asyncDispose]: () => channels[Symbol.asyncDispose](),
  }
}

async function openLedger({ type, dataDir: { path }, identity }: StorageConfig): Promise<Ledger> {
  const marker = await readMarker(path)
  const isThere = await hasLmdbStore(path)
  if (!isThere) requireNeverThere(path, marker)
  if (type === 'embedded' || isThere) {
    const store = await openLmdbStore(path)
    try {
      requireMarked(store, marker, { directory: path, identity })
      if (type === 'embedded') return await owned(store, path, identity)
    } catch (fault) {
      await store.close()
      throw fault
    }
    await store.close()
  }
  if (!isOf(marker, identity)) await writeMarker(path, identity)
  return createMemoryLedger()
}

async function owned(store: LmdbStore, directory: string, identity: StoreIdentity): Promise<Ledger> {
  const ledger = await store.own()
  await writeMarker(directory, { ...identity, owners: String(store.owners + 1n) })
  return ledger
}
