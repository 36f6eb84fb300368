import { randomUUID } from 'node:crypto'
import { Cancellation } from '../../shared/cancellation.js'
import { SnetError } from '../../shared/errors.js'
import type { DataDir } from '../data-dir/index.js'
import type { Log } from '../observability/index.js'
import type { Processes } from '../payments/ports.js'
import { type Backend, chooseBackend } from './choose-backend.js'
import type { EtcdSettings } from './etcd/index.js'
import { hasLmdbStore, type LmdbStore, MOVED, openLmdbStore } from './embedded/lmdb-records.js'
import {
  isOf,
  readMarker,
  requireMarked,
  requireNeverThere,
  requireNotElsewhere,
  type StoreIdentity,
  writeMarker,
} from './embedded/marker.js'
import { movedText, requireNotMoved, requireSameIdentity } from './embedded/moved.js'
import { createMemoryRecords } from './memory/memory-records.js'
import { takenOver } from './no-longer-ours.js'
import { OwnedChannels } from './owned-channels.js'
import { OwnedHolds } from './owned-holds.js'
import { OwnedTables } from './owned-tables.js'
import type { RecordStore } from './record-store.js'
import type { Storage } from './store.js'

export type { Storage } from './store.js'

export interface StorageConfig {
  /** Undefined leaves it to what the group uses. */
  readonly type: Backend | undefined
  /** Absent where nothing names an etcd. */
  readonly etcd?: EtcdSettings
  readonly dataDir: Pick<DataDir, 'path'>
  readonly identity: Omit<StoreIdentity, 'backend'>
  /** For who brings payments there, or reads: a store whose payments were moved is opened all the same. */
  readonly opensMoved?: boolean
}

/**
 * Opens the store for this identity. Errors: `invalid-config` where no backend is chosen, or beside another identity's
 * payments; `storage-failed` when it cannot be opened, or is not the one that its marker speaks of.
 */
export async function openStorage(config: StorageConfig, { log }: { log: Log }): Promise<Storage> {
  const { dataDir } = config
  const backend = await chooseBackend(config.type, config.etcd?.endpoints ?? [])
  const records = await openRecords(config, { ...config.identity, backend })
  if (backend === 'etcd') return await openShared(config, log)
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
    ...(backend === 'embedded' && { setMoved: (why) => setMoved(records, why, config.identity) }),
    health: async () =>
      records.isOwned()
        ? { ok: true }
        : { ok: false, needsRestart: true, reason: 'another daemon took over the store' },
    async [Symbol.asyncDispose]() {
      await tables[Symbol.asyncDispose]()
      holds[Symbol.dispose]()
      await channels[Symbol.asyncDispose]()
    },
  }
}

async function openShared({ etcd, identity, dataDir }: StorageConfig, log: Log): Promise<Storage> {
  if (!etcd || etcd.endpoints.length === 0)
    throw new SnetError('invalid-config', 'payment_channel_storage_type is "etcd", and nothing says where it is', {
      hint: 'List its URLs in payment_channel_storage_client.endpoints, or in the metadata of the organisation.',
    })
  const { openEtcd } = await import('./etcd/index.js')
  const store = await openEtcd(etcd, { place: identity, directory: dataDir.path, log })
  log.info('payment store open', { etcd: etcd.endpoints, channels: await store.count() })
  return store
}

/** A store that one process owns at a time: whoever had it before is gone. */
function onlyProcess(): Processes {
  const self = { name: randomUUID(), lost: new Cancellation() }
  return { self, isGone: (name) => name !== self.name, isAlone: true }
}

/** A store on disk is looked at beside every backend, so that a change of settings cannot hide it; LMDB is opened once. */
async function openRecords(
  { dataDir: { path: directory }, opensMoved = false }: StorageConfig,
  identity: StoreIdentity,
): Promise<RecordStore> {
  const { backend } = identity
  const marker = await readMarker(directory)
  const isThere = await hasLmdbStore(directory)
  if (!isThere) requireNeverThere(directory, marker)
  if (backend === 'embedded' || isThere) {
    // Nothing is begun on disk where that is refused.
    if (!isThere && !opensMoved) requireNotElsewhere(directory, marker)
    const store = await openLmdbStore(directory)
    try {
      requireRight(store, marker, { directory, identity, opensMoved })
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

/** Refuses a store from which this daemon must not sell. Errors: `invalid-config`, `storage-failed`. */
function requireRight(
  store: LmdbStore,
  marker: Awaited<ReturnType<typeof readMarker>>,
  { directory, identity, opensMoved }: { directory: string; identity: StoreIdentity; opensMoved: boolean },
): void {
  const isWanted = identity.backend === 'embedded'
  if (store.moved === undefined) {
    requireMarked(store, marker, { directory, identity })
    if (isWanted && !opensMoved && store.records === 0) requireNotElsewhere(directory, marker)
  } else if (isWanted && opensMoved) requireSameIdentity(store.moved, directory, identity)
  else if (isWanted) requireNotMoved(store.moved, directory)
}

async function setMoved(
  records: RecordStore,
  why: string | undefined,
  identity: StorageConfig['identity'],
): Promise<void> {
  const value = why === undefined ? undefined : movedText(why, identity, new Date())
  if ((await records.changeRow(MOVED, () => ({ value, result: undefined }))) === 'fenced') throw takenOver()
}

async function takeOwnership(store: LmdbStore, directory: string, identity: StoreIdentity): Promise<RecordStore> {
  const records = await store.own()
  await writeMarker(directory, { ...identity, owners: String(store.owners + 1n) })
  return records
}
