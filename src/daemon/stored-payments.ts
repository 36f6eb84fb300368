import { toAddress } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
import { Lifecycle } from '../shared/lifecycle.js'
import type { KeptPayments } from '../shared/wire/index.js'
import {
  listChannels,
  listClaims,
  listFreeCallUsers,
  resetFreeCallUser,
  unlockChannel,
  unlockFreeCallUser,
} from './api/index.js'
import { openDataDir } from './data-dir/index.js'
import type { Log } from './observability/index.js'
import { createFreeCallUsers } from './payments/index.js'
import { openStorage, readMarker } from './storage/index.js'
import { tablesOf } from './stored-tables.js'

/**
 * What is kept of payments in a data directory in which no daemon lives, told as a daemon would. Errors: `not-found` where
 * nothing is kept, `unavailable` when a living daemon has the directory; as `openStorage`.
 */
export async function openStoredPayments(path: string): Promise<KeptPayments & AsyncDisposable> {
  const marker = await readMarker(path)
  if (marker?.backend !== 'embedded') throw nothingKept(path, marker?.backend)
  const life = new Lifecycle()
  try {
    const dataDir = await life.own('data_dir', openDataDir({ path }, { log: NO_LOG }))
    const settings = { type: 'embedded', dataDir, identity: marker } as const
    const storage = await life.own('storage', openStorage(settings, { log: NO_LOG }))
    const tables = tablesOf(marker)
    const of = { organization: marker.organization, group: marker.group, service: undefined }
    const users = createFreeCallUsers({ counts: storage.table(tables.freeCalls), holds: storage.holds, of, toAddress })
    return {
      listChannels: (request) => listChannels(storage.channels, request),
      listClaims: () => listClaims(storage.channels),
      escrow: async () => marker.mpe,
      unlockChannel: (request) => unlockChannel(storage.channels, request),
      listFreeCallUsers: () => listAll(listFreeCallUsers(users)),
      unlockFreeCallUser: (request) => unlockFreeCallUser(users, request),
      resetFreeCallUser: (request) => resetFreeCallUser(users, request),
      [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
    }
  } catch (fault) {
    await life[Symbol.asyncDispose]()
    throw fault
  }
}

function nothingKept(path: string, backend: string | undefined): SnetError {
  if (backend === undefined) {
    return new SnetError('not-found', `nothing of payments is kept in ${path}`, {
      hint: 'Name the data_dir of a daemon with --data-dir, or its config file with -c.',
    })
  }
  return new SnetError('unavailable', `the daemon of ${path} keeps payments in ${backend}, and it does not run`, {
    hint:
      backend === 'memory'
        ? 'What it kept went with it. Start it with `snetd serve`, and ask while it runs; payment_channel_storage_type embedded keeps payments on disk.'
        : 'Start it with `snetd serve`, and ask while it runs.',
  })
}

async function listAll<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

const nothing = (): void => undefined
const NO_LOG: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
