import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { toAddress } from '../ethereum/index.js'
import { loadConfig } from '../settings/index.js'
import { SnetError } from '../shared/errors.js'
import { Lifecycle } from '../shared/lifecycle.js'
import type { StoredStore } from '../shared/wire/index.js'
import { openChain, openSigners } from './chain/index.js'
import { openDataDir } from './data-dir/index.js'
import { openMetadata } from './metadata/index.js'
import type { Log } from './observability/index.js'
import { chainConfig, metadataConfig, storageConfig } from './room-configs.js'
import { openStorage, readMarker, type Storage, type StoreIdentity } from './storage/index.js'
import { createStoreMoves } from './store-moves.js'

/** Where a store is, or is to be. */
export interface StorePlace {
  readonly dataDir: string
  /** The backend that the settings of this place name. */
  readonly backend?: StoreIdentity['backend'] | undefined
  /** Absolute path of its settings; undefined where a directory alone is known. */
  readonly configFile?: string | undefined
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
export async function openKeptStore(place: StorePlace, incoming?: Incoming): Promise<StoredStore> {
  const { dataDir: path, backend, configFile } = place
  const marker = await readMarker(path)
  const kept = marker?.backend === 'embedded' ? marker : undefined
  if (configFile !== undefined && (backend === 'etcd' || (backend === undefined && !kept)))
    return await openShared(configFile)
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
    const settings = { type, dataDir, identity, opensMoved: true } as const
    const storage = await life.own('storage', openStorage(settings, { log: NO_LOG }))
    // Until all of it is there: a daemon that starts over a part would sell the rest again.
    if (!kept) await storage.setMoved?.('what was to be brought there has not arrived whole')
    return toKept(storage, identity, life)
  } catch (fault) {
    await life[Symbol.asyncDispose]()
    throw fault
  }
}

function toKept(storage: Storage, identity: Identity, life: Lifecycle): StoredStore {
  const moves = createStoreMoves({ storage, identity, signers: openSigners({ log: NO_LOG }) })
  return {
    ...moves,
    async importLines(lines, how) {
      const reply = await moves.importLines(lines, how)
      if (!how.dryRun) await storage.setMoved?.(undefined)
      return reply
    },
    ...(storage.setMoved && { retire: (to) => storage.setMoved?.(`its payments were moved to ${to}`) }),
    [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
  }
}

/**
 * The etcd that the daemons of a group share, as one more of them. Whose it is, and where, the metadata tells, so that the
 * chain is asked.
 */
async function openShared(configFile: string): Promise<StoredStore> {
  const { config } = await loadConfig({ file: configFile, env: {}, flags: {}, cwd: dirname(configFile) })
  const life = new Lifecycle()
  const over = new AbortController()
  try {
    const found = new Lifecycle()
    await using _found = found
    const chain = await found.own('chain', openChain(chainConfig(config), { log: NO_LOG, signal: over.signal }))
    const metadata = await openMetadata(metadataConfig(config), {
      ...{ log: NO_LOG, registry: chain.registry, toAddress, signal: over.signal },
    })
    // The daemon's own directory belongs to the daemon, which may live.
    const dataDir = await life.own('directory', nowhere())
    const settings = storageConfig(config, { dataDir, service: metadata.current })
    const storage = await life.own('storage', openStorage(settings, { log: NO_LOG }))
    return toKept(storage, settings.identity, life)
  } catch (fault) {
    await life[Symbol.asyncDispose]()
    throw fault
  } finally {
    over.abort()
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
  const { group, mpe } = incoming
  // Only what its marker is to say.
  if (changes.length === 0) return { network: incoming.network, organization: incoming.organization, group, mpe }
  throw new SnetError('invalid-request', `the export holds payments of another identity: ${changes.join(', ')}`, {
    hint: 'They can be collected by that one alone. Import them into a store of its own.',
  })
}

const differing = (what: string, ours: string | undefined, theirs: string): string[] =>
  ours === undefined || ours === theirs ? [] : [`${what} ${theirs} → ${ours}`]

const nothing = (): void => undefined
const NO_LOG: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
