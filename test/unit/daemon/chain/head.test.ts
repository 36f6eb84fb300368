import { expect, test } from 'vitest'
import { Head } from '../../../../src/daemon/chain/head.js'
import type { BlockHeader } from '../../../../src/daemon/chain/rpc.js'
import { quietLog } from '../../../support/quiet-log.js'

const header = (number: number, branch = 'a', parentBranch = branch): BlockHeader => ({
  number: BigInt(number),
  hash: `0x${branch}${number}`,
  parentHash: `0x${parentBranch}${number - 1}`,
})

class Chain {
  now = 0
  head: BlockHeader = header(100)
  away = false
  reads = 0
  forks = 0
  proofs = 0
  isAnother = false
  /** Hashes of blocks that are not of branch a. */
  replaced = new Map<bigint, BlockHeader>()
  checked: bigint[] = []
  readonly advances: [bigint, bigint][] = []
  /** Reads wait for this, so that a test decides when the node answers. */
  answer: Promise<void> = Promise.resolve()
  readonly lines: string[] = []
  readonly follower = new Head(
    { pollIntervalMs: 1_000, minIntervalMs: 0, staleLimitMs: 300_000, blockTimeMs: 12_000, lagLimitMs: 30_000 },
    {
      now: () => this.now,
      log: quietLog(this.lines),
      proveChain: async () => {
        this.proofs++
        if (this.isAnother) throw new Error('it serves another chain')
      },
      onFork: () => this.forks++,
      onAdvance: (from, to) => this.advances.push([from, to]),
      readBlock: async (number) => {
        this.checked.push(number)
        return this.replaced.get(number) ?? header(Number(number))
      },
      readLatest: async () => {
        this.reads++
        await this.answer
        if (this.away) throw new Error('connection refused')
        return this.head
      },
    },
  )

  async shows(next: BlockHeader): Promise<bigint> {
    this.head = next
    return await this.follower.refresh()
  }
}

test('knows no block before the node has answered', () => {
  expect(() => new Chain().follower.current()).toThrow('cannot determine current block')
})

test('tells of the blocks it moved over', async () => {
  const chain = new Chain()
  await chain.shows(header(100))
  await chain.shows(header(103))
  await chain.shows(header(103))
  expect(chain.follower.current()).toBe(103n)
  expect(chain.advances).toEqual([[100n, 103n]])
  expect(chain.forks).toBe(0)
})

test('adds elapsed time over block time while the node is away, and gives up at the limit', async () => {
  const chain = new Chain()
  await chain.shows(header(100))
  chain.now = 2_000
  expect(chain.follower.current()).toBe(100n)
  chain.now = 2_001
  expect(chain.follower.current()).toBe(101n)
  chain.now = 62_000
  expect(chain.follower.current()).toBe(105n)
  chain.now = 300_001
  expect(() => chain.follower.current()).toThrow('cannot determine current block')
})

test('a node that lags does not take the number back', async () => {
  const chain = new Chain()
  await chain.shows(header(100))
  await chain.shows(header(101))
  expect(await chain.shows(header(100))).toBe(101n)
  expect(chain.forks).toBe(0)
})

test.each([
  ['another block at the same height', header(101, 'b')],
  ['a next block with another parent', header(102, 'b')],
  ['another block at a lower height', header(100, 'b')],
])('%s is a reorganisation', async (_name, next) => {
  const chain = new Chain()
  await chain.shows(header(100))
  await chain.shows(header(101))
  expect(await chain.shows(next)).toBe(next.number)
  expect(chain.forks).toBe(1)
})

test('blocks replaced behind a gap are a reorganisation, and a gap alone is none', async () => {
  const chain = new Chain()
  await chain.shows(header(100))
  await chain.shows(header(101))
  expect(chain.checked).toEqual([])
  await chain.shows(header(105))
  expect(chain.checked).toEqual([101n])
  expect(chain.forks).toBe(0)
  chain.replaced.set(105n, header(105, 'b'))
  expect(await chain.shows(header(109, 'b'))).toBe(109n)
  expect(chain.forks).toBe(1)
  expect(chain.proofs).toBe(1)
  expect(chain.advances.at(-1)).toEqual([105n, 109n])
})

test('a chain that stays lower is believed after a while', async () => {
  const chain = new Chain()
  await chain.shows(header(100))
  await chain.shows(header(7))
  expect(chain.follower.current()).toBe(100n)
  chain.now = 31_000
  expect(await chain.shows(header(8))).toBe(8n)
  expect(chain.forks).toBe(1)
})

test('many callers share one request, and none is served by a request that began before it', async () => {
  const chain = new Chain()
  let release = () => {}
  chain.answer = new Promise((done) => (release = done))
  const first = chain.follower.refresh()
  await new Promise(setImmediate)
  const later = [chain.follower.refresh(), chain.follower.refresh(), chain.follower.refresh()]
  expect(chain.reads).toBe(1)
  release()
  expect(await first).toBe(100n)
  expect(await Promise.all(later)).toEqual([100n, 100n, 100n])
  expect(chain.reads).toBe(2)
})

test('an outage is told once, and its end', async () => {
  const chain = new Chain()
  chain.away = true
  for (let i = 0; i < 3; i++) await expect(chain.follower.refresh()).rejects.toThrow('connection refused')
  chain.away = false
  await chain.follower.refresh()
  expect(chain.lines).toEqual(['the Ethereum node is away', 'the Ethereum node is back'])
})

test.each([
  ['replaced', header(101, 'b')],
  ['far higher', header(1_000)],
])('blocks that are %s are not believed of a node that serves another chain', async (_name, next) => {
  const chain = new Chain()
  await chain.shows(header(100))
  await chain.shows(header(101))
  expect(chain.proofs).toBe(0)
  chain.isAnother = true
  await expect(chain.shows(next)).rejects.toThrow('it serves another chain')
  expect(chain.follower.current()).toBe(101n)
  expect(chain.forks).toBe(0)
  chain.isAnother = false
  expect(await chain.shows(next)).toBe(next.number)
})

test('the age of the newest block is the time since it was last seen to be the newest', async () => {
  const chain = new Chain()
  expect(chain.follower.newest()).toBeUndefined()
  await chain.shows(header(100))
  chain.now = 4_000
  expect(chain.follower.newest()).toEqual({ block: 100n, ageMs: 4_000 })
  await chain.shows(header(100))
  expect(chain.follower.newest()).toEqual({ block: 100n, ageMs: 0 })
})
