import { createKeptStore } from '../../src/daemon/moving/index.js'
import type { Storage } from '../../src/daemon/storage/index.js'
import { createMemoryRecords } from '../../src/daemon/storage/memory/memory-records.js'
import { OwnedChannels } from '../../src/daemon/storage/owned-channels.js'
import { OwnedHolds } from '../../src/daemon/storage/owned-holds.js'
import { OwnedTables } from '../../src/daemon/storage/owned-tables.js'
import type { RecordStore } from '../../src/daemon/storage/record-store.js'
import { movedTablesOf, tablesOf } from '../../src/daemon/stored-tables.js'
import { toAddress } from '../../src/ethereum/index.js'
import { Cancellation } from '../../src/shared/cancellation.js'
import type { KeptStore } from '../../src/shared/wire/index.js'
import { signer } from './channel-builders.js'

export const storeIdentity = {
  network: 'local',
  organization: 'ExampleOrg',
  group: 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=',
  mpe: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
}

export const TABLES = tablesOf(storeIdentity)

/** A store in memory, as a whole. Signatures that begin with 0xff are nobody's, all others the signer's. */
export function aKeptStore({
  identity = storeIdentity,
  records = createMemoryRecords(),
}: { identity?: typeof storeIdentity; records?: RecordStore } = {}): { store: KeptStore; storage: Storage } {
  const storage = memoryStorage(records)
  const store = createKeptStore({
    ...{ storage, identity, tables: movedTablesOf(identity), toAddress },
    signerOf: (_mpe, { signature }) =>
      signature.length === 65 && signature[0] !== 0xff ? { signer: toAddress(signer), signature } : undefined,
    now: () => 0,
    holdWaitMs: 1,
  })
  return { store, storage }
}

function memoryStorage(records: RecordStore): Storage {
  const tables = new OwnedTables(records)
  return {
    backend: 'memory',
    channels: new OwnedChannels(records),
    holds: new OwnedHolds(records),
    table: (definition) => tables.table(definition),
    processes: PROCESSES,
    count: async () => records.count(),
    health: async () => ({ ok: true }),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

const PROCESSES = {
  self: { name: 'this-one', lost: new Cancellation() },
  isGone: (name: string) => name !== 'this-one',
}

export async function linesOf(store: KeptStore, how = { skipDamaged: false }): Promise<string[]> {
  const lines: string[] = []
  for await (const line of store.exportLines(how)) lines.push(line)
  return lines
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}

export const importInto = (store: KeptStore, lines: readonly string[], how = { dryRun: false }) =>
  store.importLines(each(lines), how)
