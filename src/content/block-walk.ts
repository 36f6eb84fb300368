import { createHash } from 'node:crypto'
import { decode } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import type { CID } from 'multiformats/cid'

const RAW = 0x55
const SHA2_256 = 0x12
const MAX_DEPTH = 32
const MAX_BLOCKS = 20_000
/** Bitswap's own bound on a block. */
const MAX_BLOCK_BYTES = 2 * 1024 * 1024

/**
 * A file from its blocks, each of which is proved by its hash; hashes admit no cycles, and sizes, depth and number of
 * blocks are bounded besides.
 */
export async function walkBlocks(
  root: CID,
  maxBytes: number,
  fetchBlock: (cid: CID) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let total = 0
  let blocks = 0

  const take = (bytes: Uint8Array): void => {
    total += bytes.length
    if (total > maxBytes) throw new Error(`the file is larger than ${maxBytes} bytes`)
    parts.push(bytes)
  }
  const visit = async (cid: CID, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) throw new Error(`the file nests deeper than ${MAX_DEPTH} levels`)
    if (++blocks > MAX_BLOCKS) throw new Error(`the file has more than ${MAX_BLOCKS} blocks`)
    const block = await fetchBlock(cid)
    requireHash(cid, block)
    if (cid.code === RAW) return take(block)
    const node = decode(block)
    if (node.Data === undefined) throw new Error(`block ${cid} is not a part of a file`)
    const file = UnixFS.unmarshal(node.Data)
    if (file.type !== 'file' && file.type !== 'raw') throw new Error(`block ${cid} is a ${file.type}, not a file`)
    if (file.data) take(file.data)
    for (const link of node.Links) await visit(link.Hash, depth + 1)
  }

  await visit(root, 0)
  return Buffer.concat(parts)
}

function requireHash(cid: CID, block: Uint8Array): void {
  if (block.length > MAX_BLOCK_BYTES) throw new Error(`block ${cid} is larger than ${MAX_BLOCK_BYTES} bytes`)
  const isSha256 = cid.multihash.code === SHA2_256
  if (!isSha256 || !createHash('sha256').update(block).digest().equals(Buffer.from(cid.multihash.digest))) {
    throw new Error(`block ${cid} does not hash to its CID`)
  }
}
