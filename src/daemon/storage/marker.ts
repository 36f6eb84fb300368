import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { SnetError } from '../../shared/errors.js'

/** Whose payments a store holds. Signatures are worth something for exactly this identity. */
export interface StoreIdentity {
  readonly network: string
  readonly organization: string
  /** Payment group id in base64, as in metadata. */
  readonly group: string
  /** Escrow contract. */
  readonly mpe: string
  readonly backend: 'memory' | 'embedded' | 'etcd'
}

const FILE = 'snetd-store.json'
const PARTS = ['network', 'organization', 'group', 'mpe', 'backend'] as const

/**
 * Refuses to go on with an empty store beside a full one: with an empty store every signed amount could be spent again.
 *
 * @param hasRecords whether the embedded store in `directory` holds any channel
 * Error: `invalid-config` when it does and its marker names somebody or something else.
 */
export async function checkMarker(directory: string, identity: StoreIdentity, hasRecords: boolean): Promise<void> {
  const marked = await readMarker(directory)
  const differing = marked && PARTS.filter((part) => marked[part] !== identity[part])
  if (hasRecords && differing && differing.length > 0) {
    const changes = differing.map((part) => `${part} ${marked[part]} → ${identity[part]}`).join(', ')
    throw new SnetError('invalid-config', `the store in ${directory} holds payments of another identity: ${changes}`, {
      details: { marker: join(directory, FILE) },
      hint: 'Undo the change, move the payments with `snetd storage copy`, or set data_dir to another directory.',
    })
  }
  // A full store keeps its marker; only an empty one takes a new identity.
  if (!marked || (differing && differing.length > 0)) await writeMarker(directory, identity)
}

async function readMarker(directory: string): Promise<StoreIdentity | undefined> {
  const path = join(directory, FILE)
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined
    throw fault
  })
  if (text === undefined) return undefined
  try {
    const marker = JSON.parse(text) as Record<string, unknown>
    if (PARTS.some((part) => typeof marker[part] !== 'string')) throw new Error('a part is missing')
    return marker as unknown as StoreIdentity
  } catch (cause) {
    throw new SnetError('invalid-config', `${path} is damaged: ${(cause as Error).message}`, {
      hint: 'It names whose payments the store holds. Write it anew by hand only when you are sure.',
      cause,
    })
  }
}

/** Whole or not at all, also when the power fails: a new file, synced, takes the old one's name. */
async function writeMarker(directory: string, identity: StoreIdentity): Promise<void> {
  const path = join(directory, FILE)
  const written = `${path}.new`
  const file = await open(written, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(identity, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(written, path)
  const folder = await open(directory, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
