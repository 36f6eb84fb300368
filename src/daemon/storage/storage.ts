import type { Log, PartHealth } from '../observability/index.js'
import type { ChannelStore } from '../payments/ports.js'
import type { DataDir } from './data-dir.js'
import type { Ledger } from './ledger.js'
import { hasLmdbRecords, openLmdbLedger } from './lmdb-ledger.js'
import { checkMarker, type StoreIdentity } from './marker.js'
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

/** Opens the store for this identity. Errors: `invalid-config` beside another identity's payments, `storage-failed`. */
export async function openStorage({ type, dataDir, identity }: StorageConfig, { log }: { log: Log }): Promise<Storage> {
  await checkMarker(dataDir.path, identity, await hasLmdbRecords(dataDir.path))
  const ledger: Ledger = type === 'memory' ? createMemoryLedger() : await openLmdbLedger(dataDir.path)
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
