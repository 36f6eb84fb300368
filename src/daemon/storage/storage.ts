import { randomUUID } from 'node:crypto'
import { Cancellation } from '../../shared/cancellation.js'
import type { DataDir } from '../data-dir/index.js'
import type { Log, PartHealth } from '../observability/index.js'
import type { ChannelHolds, ChannelStore, ClaimStore, Holds, Processes, RecordTable } from '../payments/ports.js'
import { type Backend, chooseBackend } from './choose-backend.js'
import { hasLmdbStore, type LmdbStore, openLmdbStore } from './embedded/lmdb-records.js'
import {
  isOf,
  readMarker,
  requireMarked,
  requireNeverThere,
  type StoreIdentity,
  writeMarker,
} from './embedded/marker.js'
import { createMemoryRecords } from './memory/memory-records.js'
import { OwnedChannels } from './owned-channels.js'
import { OwnedHolds } from './owned-holds.js'
import { OwnedTables } from './owned-tables.js'
import type { RecordStore } from './record-store.js'
import type { TableDefinition } from './table.js'

export interface StorageConfig {
  /** Undefined leaves it to what the group uses. */
  readonly type: Backend | 'etcd' | undefined
  /** URLs of etcd in the metadata of the organisation. */
  readonly etcdEndpoints: readonly string[]
  readonly dataDir: Pick<DataDir, 'path'>
  readonly identity: Omit<StoreIdentity, 'backend'>
}

/** Where payments are kept. Every backend keeps the same promises: one contract suite for all of them. */
export interface Storage extends AsyncDisposable {
  readonly backend: Backend
  readonly channels: ChannelStore & ChannelHolds & ClaimStore
  /** One of the tables beside the channels; the same definition gives the same records. */
  table<Value>(definition: TableDefinition<Value>): RecordTable<Value>
  /** Exclusive rights to what is not a channel. */
  readonly holds: Holds
  /** Who shares the store. */
  readonly processes: Processes
  /** Channels of which something is kept. */
  count(): Promise<number>
  health(): Promise<PartHealth>
}

/**
 * Opens the store for this identity. Errors: `invalid-config` where no backend is chosen, or beside another identity's
 * payments; `storage-failed` when it cannot be opened, or is not the one that its marker speaks of.
 */
export async function openStorage(config: StorageConfig, { log }: { log: Log }): Promise<Storage> {
  const { dataDir } = config
  const backend = await chooseBackend(config.type, config.etcdEndpoints)
  const records = await openRecords(backend, dataDir.path, { ...config.identity, backend })
  if (backend === 'memory') log.warn('payments are kept in memory only: they are lost when this daemon ends')
  else log.info('payment store open', { path: dataDir.path, channels: records.count() })
  const channels = new OwnedChannels(records)
  const tables = new OwnedTables(records)
  const holds = new OwnedHolds(records)
  return {
    backend,
    channels,
    holds,
    table: (definition) => tables.table(definition),
    processes: onlyProcess(),
    count: async () => records.count(),
    health: async () =>
      records.isOwned() ? { ok: true } : { ok: false, reason: 'another daemon took over the store' },
    async [Symbol.asyncDispose]() {
      await tables[Symbol.asyncDispose]()
      holds[Symbol.dispose]()
      await channels[Symbol.asyncDispose]()
    },
  }
}

/** A store that one process owns at a time: whoever had it before is gone. */
function onlyProcess(): Processes {
  const self = { name: randomUUID(), lost: new Cancellation() }
  return { self, isGone: (name) => name !== self.name }
}

/** A store on disk is looked at beside every backend, so that a change of settings cannot hide it; LMDB is opened once. */
async function openRecords(backend: Backend, directory: string, identity: StoreIdentity): Promise<RecordStore> {
  const marker = await readMarker(directory)
  const isThere = await hasLmdbStore(directory)
  if (!isThere) requireNeverThere(directory, marker)
  if (backend === 'embedded' || isThere) {
    const store = await openLmdbStore(directory)
    try {
      requireMarked(store, marker, { directory, identity })
      if (backend === 'embedded') return await takeOwnership(store, directory, identity)
    } catch (fault) {
      await store.close()
      throw fault
    }
    await store.close()
  }
  if (!isOf(marker, identity)) await writeMarker(directory, identity)
  return createMemoryRecords()
}

async function takeOwnership(store: LmdbStore, directory: string, identity: StoreIdentity): Promise<RecordStore> {
  const records = await store.own()
  await writeMarker(directory, { ...identity, owners: String(store.owners + 1n) })
  return records
}
