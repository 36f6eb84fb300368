import { resolve } from 'node:path'
import { controlSocketOf } from '../../shared/control-socket.js'
import { SnetError } from '../../shared/errors.js'
import type { KeptStore, StoredStore } from '../../shared/wire/index.js'
import { DaemonCommand } from '../command.js'
import { type DaemonFlags, resolveDataDir } from '../data-dir.js'
import { nothingConfigured } from '../nothing-configured.js'
import { readExport } from './export-file.js'
import { type ExportHead, parseHead } from './export-text.js'
import { type ExportFile, placeOfConfig, type StorePlace } from './place.js'

const STATUS_TIMEOUT_MS = 5_000
/** For each of the short questions. */
const TIMEOUT_MS = 60_000

/** How a store was reached. */
export interface Reached {
  /** A daemon serves it. */
  readonly isLive: boolean
  /** Says that it is sold from another store; undefined for one that is live, shared or a file. */
  readonly retire?: StoredStore['retire']
}

/** Whose payments will be merged in, or would be, for a place where nothing is kept yet. */
export interface Incoming extends ExportHead {
  readonly dryRun: boolean
}

/** What commands share that take a store as a whole: of the daemon that lives there, else opened without one. */
export abstract class StorageCommand extends DaemonCommand {
  readonly #taken = new Set<string>()

  /** Of the daemon's own code, which only these commands load. */
  protected abstract openStored(place: StorePlace, incoming?: Incoming): Promise<StoredStore>

  /** The store that the flags mean. */
  protected async placeOf(flags: DaemonFlags): Promise<StorePlace> {
    const dataDir = await resolveDataDir(flags, {
      env: process.env,
      cwd: process.cwd(),
      onNothing: () => this.warn(nothingConfigured(this.config.bin)),
    })
    const cwd = process.cwd()
    const at = flags.config === undefined ? { directory: cwd } : { path: resolve(cwd, flags.config) }
    // A directory that is named without a file means what is kept there, whatever file lies here.
    const isAlone = flags['data-dir'] !== undefined && flags.config === undefined
    const settings = isAlone ? undefined : await placeOfConfig(at, flags.config ?? 'the config file here')
    return { is: 'store', name: dataDir, ...settings, dataDir }
  }

  protected async atStore<T>(
    place: StorePlace,
    work: (store: KeptStore, how: Reached) => Promise<T>,
    incoming?: Incoming,
  ): Promise<T> {
    const socket = await controlSocketOf(place.dataDir)
    // Nobody else has a directory that this command has: the one who would answer there is it.
    if (!this.#taken.has(place.dataDir) && (await isServedFrom(place, socket))) {
      const { connectControl } = await import('../../shared/wire/grpc/index.js')
      using control = connectControl(socket, TIMEOUT_MS)
      return await work(control, { isLive: true })
    }
    await using store = await this.openStored(place, incoming)
    if (place.backend !== 'etcd') this.#taken.add(place.dataDir)
    return await work(store, { isLive: false, ...(store.retire && { retire: (to) => store.retire?.(to) }) })
  }

  /** The lines of a store or a file; a store is open while they are read. */
  protected async withLines<T>(
    from: StorePlace | ExportFile,
    how: { readonly skipDamaged: boolean },
    work: (lines: () => AsyncIterable<string>, head: ExportHead, how: Reached) => Promise<T>,
  ): Promise<T> {
    const begin = async (lines: () => AsyncIterable<string>, reached: Reached): Promise<T> =>
      await work(lines, await readHead(lines()), reached)
    if (from.is === 'file') return await begin(() => readExport(from.path), { isLive: false })
    return await this.atStore(from, (store, reached) => begin(() => store.exportLines(how), reached))
  }
}

/** Whether a daemon lives there that has the store which the settings mean. */
async function isServedFrom({ name, backend, dataDir }: StorePlace, socket: string): Promise<boolean> {
  const { getStatus } = await import('../../shared/wire/grpc/index.js')
  const status = await getStatus(socket, STATUS_TIMEOUT_MS).catch((fault: unknown) => {
    if (fault instanceof SnetError && fault.details['socket'] === socket) return undefined
    throw fault
  })
  if (!status) return false
  const running = status.gate?.storage
  if (running === undefined || backend === undefined || running === backend) return true
  // One that is shared may be opened beside it.
  if (backend === 'etcd') return false
  throw new SnetError(
    'wrong-state',
    `${name} keeps payments in "${backend}", but the daemon in ${dataDir} in "${running}"`,
    {
      hint: 'Stop that daemon first: it runs with other settings.',
    },
  )
}

async function readHead(lines: AsyncIterable<string>): Promise<ExportHead> {
  for await (const line of lines) {
    const head = parseHead(line)
    if (head) return head
    break
  }
  throw new SnetError('invalid-request', 'this is no export of payments: its first line does not say so', {
    hint: 'Name a file that "snetd storage export" wrote.',
  })
}
