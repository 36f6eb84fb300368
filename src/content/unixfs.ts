import { type ImportCandidate, importer } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'
import type { CID } from 'multiformats/cid'

/** What kubo does when nobody tells it otherwise; only then does importing the same bytes give the same CID. */
const CHUNK_BYTES = 256 * 1024
const CHILDREN_PER_NODE = 174

export interface Imported {
  readonly cid: CID
  /** Every block of the file by its CID, the root included. */
  readonly blocks: ReadonlyMap<string, Uint8Array>
}

/** The bytes as kubo would add them: version 0 with wrapped leaves, version 1 with raw ones. */
export async function importBytes(bytes: Uint8Array, version: 0 | 1): Promise<Imported> {
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
    rawLeaves: version === 1,
    reduceSingleLeafToSelf: true,
    chunker: fixedSize({ chunkSize: CHUNK_BYTES }),
    layout: balanced({ maxChildrenPerNode: CHILDREN_PER_NODE }),
  } as const
  for await (const { cid } of importer([file], store, options)) return { cid, blocks }
  throw new Error('the importer made no file')
}
