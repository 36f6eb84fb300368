import { SnetError } from '../shared/errors.js'
import { Lifecycle } from '../shared/lifecycle.js'
import { openDataDir } from './data-dir/index.js'
import type { Log } from './observability/index.js'
import { openStorage, readMarker, type Storage } from './storage/index.js'

/** The payment store of a data directory in which no daemon lives, and whose it is. */
export interface StoredPayments extends AsyncDisposable {
  readonly storage: Storage
  readonly organization: string
  readonly group: string
}

/** Errors: `not-found` where nothing is kept, `unavailable` when a living daemon has the directory; as `openStorage`. */
export async function openStoredPayments(path: string): Promise<StoredPayments> {
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
    const { organization, group } = marker
    return { storage, organization, group, [Symbol.asyncDispose]: () => life[Symbol.asyncDispose]() }
  } catch (fault) {
    await life[Symbol.asyncDispose]()
    throw fault
  }
}

const nothing = (): void => undefined
const NO_LOG: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
