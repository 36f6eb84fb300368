import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, SnetError } from '../../../shared/errors.js'
import { isObject } from '../../../shared/is-object.js'
import { writeWhole } from '../../data-dir/index.js'

/** The identity whose payments a store holds. Signatures are worth something for exactly this one. */
export interface StoreIdentity {
  readonly network: string
  readonly organization: string
  /** Payment group id in base64, as in metadata. */
  readonly group: string
  /** Escrow contract. */
  readonly mpe: string
  readonly backend: 'memory' | 'embedded' | 'etcd'
}

/** What lies beside a store and says what to expect of it. */
export interface Marker extends StoreIdentity {
  /** How many processes had owned the embedded store when it was last opened; absent where it never was. */
  readonly owners?: string
}

/** What was found where the embedded store lies. */
export interface FoundStore {
  /** Channels with a record, and rows of tables. */
  readonly records: number
  readonly owners: bigint
}

const FILE = 'snetd-store.json'
const PARTS = ['network', 'organization', 'group', 'mpe', 'backend'] as const

const markerPath = (directory: string): string => join(directory, FILE)

/** Refuses to begin an empty store where there was one. Error: `storage-failed`. */
export function requireNeverThere(directory: string, marker: Marker | undefined): void {
  if (marker?.backend === 'embedded') throw incomplete(directory, 'is gone: its files are missing or empty')
}

/** Refuses to begin an empty store where payments were kept in etcd. Error: `invalid-config`. */
export function requireNotElsewhere(directory: string, marker: Marker | undefined): void {
  if (marker?.backend !== 'etcd') return
  throw new SnetError('invalid-config', `the daemon of ${directory} kept its payments in etcd, and none are here`, {
    details: { marker: markerPath(directory) },
    hint: `Bring them first, with the daemons of the group stopped: snetd storage copy FROM TO, each the config file of its daemon. Only where nothing was ever paid, remove ${markerPath(directory)}: in an empty store, amounts that clients have paid already would buy again.`,
  })
}

/**
 * Refuses a store that its marker does not speak of. Errors: `storage-failed` for one that is older than the marker;
 * `invalid-config` for one that holds payments of another identity than this daemon's.
 */
export function requireMarked(
  store: FoundStore,
  marker: Marker | undefined,
  { directory, identity }: { directory: string; identity: StoreIdentity },
): void {
  if (!marker) return
  if (BigInt(marker.owners ?? '0') > store.owners) {
    throw incomplete(directory, `was opened ${store.owners} times, but its marker counts ${marker.owners}`)
  }
  if (store.records === 0 || isOf(marker, identity)) return
  const changes = differingParts(marker, identity).map((part) => `${part} ${marker[part]} → ${identity[part]}`)
  const text = `the store in ${directory} holds payments of another identity: ${changes.join(', ')}`
  throw new SnetError('invalid-config', text, {
    details: { marker: markerPath(directory) },
    hint: 'Undo the change, move the payments with `snetd storage copy`, or set data_dir to another directory.',
  })
}

/** Whether a marker names this identity. */
export const isOf = (marker: Marker | undefined, identity: StoreIdentity): boolean =>
  marker !== undefined && differingParts(marker, identity).length === 0

const differingParts = (marker: Marker, identity: StoreIdentity) =>
  PARTS.filter((part) => marker[part] !== identity[part])

/** In a store without them, amounts that were paid already buy again. */
const incomplete = (directory: string, what: string): SnetError =>
  new SnetError('storage-failed', `the payment store in ${directory} ${what}`, {
    details: { marker: markerPath(directory) },
    hint: `Put the newest backup of channels/ back, or mount the disk that it lies on: without it, amounts that clients have paid already would buy again. Only where nothing was ever paid, remove ${markerPath(directory)}: then the daemon begins with what is there.`,
  })

/** Error: `invalid-config` when it is damaged. */
export async function readMarker(directory: string): Promise<Marker | undefined> {
  const path = markerPath(directory)
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined
    throw fault
  })
  if (text === undefined) return undefined
  try {
    const marker: unknown = JSON.parse(text)
    if (!isObject(marker) || PARTS.some((part) => typeof marker[part] !== 'string'))
      throw new Error('a part is missing')
    const { owners } = marker
    if (owners !== undefined && !(typeof owners === 'string' && /^\d{1,20}$/.test(owners)))
      throw new Error('owners is no number')
    return marker as unknown as Marker
  } catch (cause) {
    throw new SnetError('invalid-config', `${path} is damaged: ${messageOf(cause)}`, {
      hint: 'It names whose payments the store holds. Write it anew by hand only when you are sure.',
      cause,
    })
  }
}

export const writeMarker = (directory: string, marker: Marker): Promise<void> =>
  writeWhole(markerPath(directory), `${JSON.stringify(marker, null, 2)}\n`)
