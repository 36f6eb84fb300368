import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SnetError } from '../shared/errors.js'
import { Lifecycle } from '../shared/lifecycle.js'
import type { KeptStore } from '../shared/wire/index.js'
import { openSigners } from './chain/index.js'
import { openDataDir } from './data-dir/index.js'
import type { Log } from './observability/index.js'
import { openStorage, readMarker, type StoreIdentity } from './storage/index.js'
import { createStoreMoves } from './store-moves.js'

/** Where a store is, or is to be. */
export interface StorePlace {
  readonly dataDir: string
  /** The backend that the settings of this place name. */
  readonly backend?: StoreIdentity['backend'] | undefined
  /** What its settings say of whose payments it has. */
  readonly network?: string | undefined
  readonly organization?: string | undefined
}

type Identity = Omit<StoreIdentity, 'backend'>

/** Whose payments will be merged in. */
export interface Incoming extends Identity {
  /** They would be. */
  readonly dryRun: boolean
}

/**
 * The store of a place in which no daemon lives, owned until it is closed. Where nothing is kept yet one is begun, if it is
 * known whose payments will come in. Errors: `not-found` where nothing is kept, `unavailable` when a living daemon has
 * the place; as `openStorage`.
 */
export async function openKeptStore(place: StorePlace, incoming?: Incoming): Promise<KeptStore & AsyncDisposable> {
  const { dataDir: path, backend } = place
  const marker = await readMarker(path)
  const kept = marker?.backend === 'embedded' ? marker : undefined
  if (backend === 'memory' || (!kept && !incoming)) throw nothingKept(path)
  const identity = kept ?? requireFitting(place, incoming as Incoming)
  const life = new Lifecycle()
  try {
    // A rehearsal begins nothing that stays.
    const isRehearsed = !kept && incoming?.dryRun
    const type = isRehearsed ? 'memory' : 'embedded'
    const dataDir = isRehearsed
      ? await life.own('directory', nowhere())
      : await life.own('data_dir', openDataDir({ path }, { log: NO_LOG }))
    const settings = { type, etcdEndpoints: [], dataDir, identity } as const
    const storage = await life.own('storage', openStorage(settings, { log: NO_LOG }))
    const signers = openSigners({ log: NO_LOG })
    return {
      ...createStoreMoves({ storage, identity, signers }),
      [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
    }
  } catch (fault) {
    await life[Symbol.asyncDispose]()
    throw fault
  }
}

/** A directory for as long as it is needed. */
async function nowhere(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'snetd-rehearsal-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

const nothingKept = (path: string): SnetError =>
  new SnetError('not-found', `nothing of payments is kept in ${path}`, {
    hint: 'Name the data_dir of a daemon with --data-dir, or its config file with -c.',
  })

/** A store that is begun takes the identity of what comes in, unless its settings name another one. */
function requireFitting({ network, organization }: StorePlace, incoming: Identity): Identity {
  const changes = [
    ...differing('network', network, incoming.network),
    ...differing('organization', organization, incoming.organization),
  ]
  if (changes.length === 0) return incoming
  throw new SnetError('invalid-request', `the export holds payments of another identity: ${changes.join(', ')}`, {
    hint: 'They can be collected by that one alone. Import them into a store of its own.',
  })
}

const differing = (what: string, ours: string | undefined, theirs: string): string[] =>
  ours === undefined || ours === theirs ? [] : [`${what} ${theirs} → ${ours}`]

const nothing = (): void => undefined
const NO_LOG: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
