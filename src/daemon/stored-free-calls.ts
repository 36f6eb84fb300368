import { toAddress } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
import { Lifecycle } from '../shared/lifecycle.js'
import { openDataDir } from './data-dir/index.js'
import type { Log } from './observability/index.js'
import { createFreeCallUsers, type FreeCallUsers } from './payments/index.js'
import { FREE_CALLS, openStorage, readMarker } from './storage/index.js'

/** Free calls as they are kept in a data directory in which no daemon lives. */
export interface StoredFreeCalls extends FreeCallUsers, AsyncDisposable {}

/** Errors: `not-found` where nothing is kept, `unavailable` when a living daemon has the directory; as `openStorage`. */
export async function openStoredFreeCalls(path: string): Promise<StoredFreeCalls> {
  const marker = await readMarker(path)
  if (marker?.backend !== 'embedded')
    throw new SnetError('not-found', `nothing of payments is kept in ${path}`, {
      hint: 'Name the data_dir of a daemon with --data-dir, or its config file with -c.',
    })
  const life = new Lifecycle()
  try {
    const dataDir = await life.own('data_dir', openDataDir({ path }, { log: NO_LOG }))
    const settings = { type: 'embedded', etcdEndpoints: [], dataDir, identity: marker } as const
    const storage = await life.own('storage', openStorage(settings, { log: NO_LOG }))
    const of = { organization: marker.organization, group: marker.group, service: undefined }
    const counts = storage.table(FREE_CALLS)
    const users = createFreeCallUsers({ counts, holds: storage.holds, of, toAddress })
    return { ...users, [Symbol.asyncDispose]: () => life[Symbol.asyncDispose]() }
  } catch (fault) {
    await life[Symbol.asyncDispose]()
    throw fault
  }
}

const nothing = (): void => undefined
const NO_LOG: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
