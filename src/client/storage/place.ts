import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SnetError } from '../../shared/errors.js'
import { parseHead } from './export-text.js'

/** The store of a daemon, as its settings describe it. */
export interface StorePlace {
  readonly is: 'store'
  /** As it was typed. */
  readonly name: string
  readonly dataDir: string
  /** Undefined where a directory was named, or the settings leave it open. */
  readonly backend?: 'memory' | 'embedded' | 'etcd' | undefined
  readonly network?: string | undefined
  readonly organization?: string | undefined
  /** Absolute path of the config file. */
  readonly configFile?: string
}

/** A file that "storage export" wrote, or is to write. */
export interface ExportFile {
  readonly is: 'file'
  readonly name: string
  readonly path: string
}

const EXPORT_ENDING = '.jsonl'

/**
 * What somebody means who names a store: a file by its first line is an export, any other the config file of a daemon; a
 * directory is a daemon's data_dir. Error: `not-found` where nothing is there.
 */
export async function findPlace(name: string, cwd: string): Promise<StorePlace | ExportFile> {
  const path = resolve(cwd, name)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return { is: 'store', name, dataDir: path }
  if (found && (await isExport(path))) return { is: 'file', name, path }
  const place = found && (await placeOfConfig({ path }, name))
  if (place) return place
  throw new SnetError('not-found', `${name} is not there`, { hint: WHAT })
}

/** The same for a place that may be new: a file with the ending of exports, or a directory. */
export async function findTarget(name: string, cwd: string): Promise<StorePlace | ExportFile> {
  const path = resolve(cwd, name)
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  if (path.endsWith(EXPORT_ENDING)) return { is: 'file', name, path }
  if (isThere) return await findPlace(name, cwd)
  if (/\.(?:json|ya?ml|toml)$/.test(path)) throw new SnetError('not-found', `${name} is not there`, { hint: WHAT })
  return { is: 'store', name, dataDir: path }
}

const WHAT = `Name the config file of a daemon, its data_dir, or a file that "storage export" wrote.`

/** What a config file says of the store of its daemon; undefined where none was named and none is there. */
export async function placeOfConfig(
  at: { readonly path: string } | { readonly directory: string },
  name: string,
): Promise<StorePlace | undefined> {
  const { dataDirOf, readFileSettings } = await import('../../settings/index.js')
  const found = await readFileSettings(at, [...KEYS])
  if (!found) return undefined
  const { config } = found
  return {
    is: 'store',
    name,
    dataDir: dataDirOf(config.data_dir, { file: found.path, cwd: '/' }),
    backend: config.payment_channel_storage_type,
    network: config.blockchain_network_selected,
    organization: config.organization_id,
    configFile: found.path,
  }
}

const KEYS = ['data_dir', 'payment_channel_storage_type', 'blockchain_network_selected', 'organization_id'] as const

/** Long enough for the head of an export. */
const FIRST_BYTES = 4_096

async function isExport(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0)
    return parseHead(buffer.toString('utf8', 0, bytesRead).split('\n')[0] ?? '') !== undefined
  } finally {
    await file.close()
  }
}
