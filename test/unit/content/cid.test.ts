import { CID } from 'multiformats/cid'
import { describe, expect, test } from 'vitest'
import { walkBlocks } from '../../../src/content/block-walk.js'
import { blocksOf, cidOf } from '../../../src/content/index.js'

const MiB = 1024 * 1024

describe('the CID of bytes is the one that kubo gives them', () => {
  test.each([
    ['nothing, version 0', '', 0, 'QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH'],
    ['nothing, version 1', '', 1, 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'],
    ['a line, version 0', 'hello world\n', 0, 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'],
  ] as const)('%s', async (_what, text, version, expected) => {
    expect(await cidOf(Buffer.from(text), { version })).toBe(expected)
  })
})

describe('the blocks of a file put together are the file again', () => {
  test.each([
    ['several chunks', 3 * 256 * 1024 + 1, 0, 5],
    ['several raw chunks', 3 * 256 * 1024 + 1, 1, 5],
    // 174 chunks fill one node, so here a second level of nodes begins.
    ['two levels of nodes', 45 * MiB, 0, 180 + 2 + 1],
  ] as const)('%s', async (_what, size, version, expectedBlocks) => {
    // Every chunk is another one: equal chunks would be one block.
    const content = Buffer.alloc(size)
    for (let at = 0; at < size; at += 4_096) content.writeUInt32BE(at, Math.min(at, size - 4))
    const blocks = await blocksOf(content, { version })
    const root = CID.parse(await cidOf(content, { version }))
    const walked = await walkBlocks(root, size, async (cid) => blocks.get(cid.toString()) ?? expect.fail(`no ${cid}`))
    expect(Buffer.from(walked).equals(content)).toBe(true)
    expect(blocks.size).toBe(expectedBlocks)
  })
})
