import { type ImportCandidate, importer } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'
import type { CID } from 'multiformats/cid'

interface Layout {
  readonly rawLeaves: boolean
  readonly chunkBytes: number
  readonly childrenPerNode: number
}

/** What kubo does when nobody tells it otherwise: version 0 with wrapped leaves, version 1 with raw ones. */
const kuboDefault = (version: 0 | 1): Layout => ({
  rawLeaves: version === 1,
  chunkBytes: 256 * 1024,
  childrenPerNode: 174,
})

/** What else is common: the other kind of leaves, and the large chunks of newer tools and of Filecoin's uploaders. */
const otherLayouts = (version: 0 | 1): Layout[] => [
  { ...kuboDefault(version), rawLeaves: version === 0 },
  { rawLeaves: true, chunkBytes: 1024 * 1024, childrenPerNode: 174 },
  { rawLeaves: true, chunkBytes: 1024 * 1024, childrenPerNode: 1024 },
]

export interface Imported {
  readonly cid: CID
  /** Every block of the file by its CID, the root included. */
  readonly blocks: ReadonlyMap<string, Uint8Array>
}

/** Whether importing the bytes in one of the common ways gives that CID; if none does, only its blocks can tell. */
export async function importsTo(cid: CID, bytes: Uint8Array): Promise<boolean> {
  for (const layout of [kuboDefault(cid.version), ...otherLayouts(cid.version)]) {
    const imported = await importBytes(bytes, cid.version, layout)
    if (isSameContent(imported.cid, cid)) return true
  }
  return false
}

/** Two spellings of one CID are the same content: version and base do not count. */
const isSameContent = (a: CID, b: CID): boolean =>
  a.code === b.code && Buffer.from(a.multihash.bytes).equals(Buffer.from(b.multihash.bytes))

/** The bytes as kubo would add them. */
export async function importBytes(
  bytes: Uint8Array,
  version: 0 | 1,
  { rawLeaves, chunkBytes, childrenPerNode }: Layout = kuboDefault(version),
): Promise<Imported> {
  const blocks = new Map<string, Uint8Array>()
  const store = {
    put: async (cid: CID, block: Uint8Array) => {
      blocks.set(cid.toString(), block)
      return cid
    },
  }
  const file: ImportCandidate = { content: bytes }
  const options = {
    cidVersion: version,
    rawLeaves,
    reduceSingleLeafToSelf: true,
    chunker: fixedSize({ chunkSize: chunkBytes }),
    layout: balanced({ maxChildrenPerNode: childrenPerNode }),
  } as const
  for await (const { cid } of importer([file], store, options)) return { cid, blocks }
  throw new Error('the importer made no file')
}
