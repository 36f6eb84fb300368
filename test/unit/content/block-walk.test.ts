import { createHash } from 'node:crypto'
import { encode, prepare } from '@ipld/dag-pb'
import { UnixFS, type UnixFSType } from 'ipfs-unixfs'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { expect, test } from 'vitest'
import { walkBlocks } from '../../../src/content/block-walk.js'

/** Blocks as a hostile publisher may make them: every one is what its CID says. */
class Blocks {
  readonly #blocks = new Map<string, Uint8Array>()
  asked = 0

  add(links: readonly CID[], type: UnixFSType = 'file'): CID {
    const file = new UnixFS({ type, ...(type === 'file' && { blockSizes: links.map(() => 1n) }) })
    return this.#put(
      encode(prepare({ Data: file.marshal(), Links: links.map((Hash) => ({ Name: '', Tsize: 1, Hash })) })),
    )
  }

  addBare(): CID {
    return this.#put(encode(prepare({ Links: [] })))
  }

  #put(block: Uint8Array): CID {
    const cid = CID.createV0(create(0x12, createHash('sha256').update(block).digest()))
    this.#blocks.set(cid.toString(), block)
    return cid
  }

  readonly walk = (root: CID, maxBytes = 1_000): Promise<Uint8Array> =>
    walkBlocks(root, maxBytes, async (cid) => {
      this.asked++
      return this.#blocks.get(cid.toString()) ?? expect.fail(`no ${cid}`)
    })
}

test('a few blocks that name each other many times are not unfolded for ever', async () => {
  const blocks = new Blocks()
  let root = blocks.add([])
  // A hundred million visits to nine blocks without a byte of content.
  for (let level = 0; level < 8; level++) root = blocks.add(Array<CID>(10).fill(root))
  await expect(blocks.walk(root)).rejects.toThrow('the file has more than 20000 blocks')
  expect(blocks.asked).toBe(20_000)
})

test('a file that nests too deep is left', async () => {
  const blocks = new Blocks()
  let root = blocks.add([])
  for (let level = 0; level < 40; level++) root = blocks.add([root])
  await expect(blocks.walk(root)).rejects.toThrow('the file nests deeper than 32 levels')
})

test.each(['directory', 'symlink', 'hamt-sharded-directory'] as const)('a %s is no file', async (type) => {
  const blocks = new Blocks()
  await expect(blocks.walk(blocks.add([], type))).rejects.toThrow(`is a ${type}, not a file`)
})

test('a node without file data is no file', async () => {
  const blocks = new Blocks()
  await expect(blocks.walk(blocks.addBare())).rejects.toThrow('is not a part of a file')
})

test('a block beyond what nodes exchange is refused whatever its hash', async () => {
  const large = Buffer.alloc(2 * 1024 * 1024 + 1)
  const cid = CID.createV1(0x55, create(0x12, createHash('sha256').update(large).digest()))
  await expect(walkBlocks(cid, 1e9, async () => large)).rejects.toThrow('is larger than 2097152 bytes')
})

test('bytes that are no node are refused', async () => {
  const block = Buffer.from('nonsense')
  const cid = CID.createV0(create(0x12, createHash('sha256').update(block).digest()))
  await expect(walkBlocks(cid, 1_000, async () => block)).rejects.toThrow()
})
