import { expect, test } from 'vitest'
import { CachedEscrow } from '../../../../src/daemon/chain/escrow-channels.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import { escrowInterface } from '../../../../src/ethereum/interfaces/index.js'
import { type BlockNumber, blockNumber, channelId } from '../../../../src/shared/units.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'

const someone = toAddress(`0x${'aa'.repeat(20)}`)
const GROUP = `0x${'ab'.repeat(32)}`

/** A node with `existing` channels, each worth `value`; it counts what it is asked. */
class Node {
  now = 0
  block = 100
  existing = 10n
  value = 1000n
  away = false
  calls: string[] = []
  changed: bigint[] = []
  eventsFail = false
  readonly eventsAsked: string[] = []
  /** Calls are answered once this is. */
  answer: Promise<void> = Promise.resolve()
  readonly escrow = new CachedEscrow(
    {
      mpe: someone,
      staleLimitMs: 300_000,
      maxChannels: 3,
      reads: { burst: 5, perSecond: 1 },
      maxEventBlocks: 50n,
      paymentsPerLook: 10,
    },
    {
      now: () => this.now,
      log: quietLog(),
      blocks: { current: () => this.number(), refresh: async () => this.number() },
      rpc: {
        call: async (_to, data) => {
          const call = escrowInterface.parseTransaction({ data })
          this.calls.push(`${call?.name}(${call?.args.join(',')})`)
          await this.answer
          if (this.away) throw new Error('away')
          if (call?.name === 'nextChannelId')
            return escrowInterface.encodeFunctionResult('nextChannelId', [this.existing])
          return escrowInterface.encodeFunctionResult('channels', [
            1n,
            someone,
            someone,
            someone,
            GROUP,
            this.value,
            5000n,
          ])
        },
        logs: async (_address, from, to) => {
          this.eventsAsked.push(`${from} to ${to}`)
          if (this.eventsFail) throw new Error('no logs')
          return this.changed.map((id) => escrowInterface.encodeEventLog('ChannelAddFunds', [id, 5n]))
        },
      },
    },
  )

  number(): BlockNumber {
    return blockNumber(BigInt(this.block))
  }

  async valueOf(id: bigint): Promise<bigint | undefined> {
    return (await this.escrow.refresh(channelId(id))).channel?.value
  }
}

test('a channel is read once per block, however many ask', async () => {
  const node = new Node()
  expect(await Promise.all([1n, 1n, 1n].map((id) => node.valueOf(id)))).toEqual([1000n, 1000n, 1000n])
  await node.valueOf(1n)
  expect(node.calls).toEqual(['nextChannelId()', 'channels(1)'])
  node.block++
  node.value = 2000n
  expect(await node.valueOf(1n)).toBe(2000n)
  expect(node.calls.slice(2)).toEqual(['channels(1)'])
})

test('ids that nobody opened cost one question per block together', async () => {
  const node = new Node()
  for (let id = 10n; id < 200n; id++) expect(await node.valueOf(id)).toBeUndefined()
  expect(node.calls).toEqual(['nextChannelId()'])
  node.block++
  node.existing = 11n
  expect(await node.valueOf(10n)).toBe(1000n)
  expect(node.calls.slice(1)).toEqual(['nextChannelId()', 'channels(10)'])
})

test('what does not exist is never handed out as a cached reading', async () => {
  const node = new Node()
  await node.valueOf(50n)
  expect(node.escrow.cached(channelId(50n))).toBeUndefined()
})

test('reads of the whole daemon are bounded, and the bound loosens with time', async () => {
  const node = new Node()
  for (let i = 0; i < 5; i++, node.block++) await node.valueOf(1n)
  await expect(node.valueOf(1n)).rejects.toThrow('too many payment channels had to be read from the chain')
  node.now += 1_000
  expect(await node.valueOf(1n)).toBe(1000n)
})

test('a reading grows too old to accept a payment', async () => {
  const node = new Node()
  await node.valueOf(1n)
  node.now = 300_000
  expect(node.escrow.cached(channelId(1n))?.channel?.value).toBe(1000n)
  node.now = 300_001
  expect(node.escrow.cached(channelId(1n))).toBeUndefined()
})

test('the least recently used channels make room', async () => {
  const node = new Node()
  for (const id of [1n, 2n, 3n]) await node.valueOf(id)
  node.escrow.cached(channelId(1n))
  await node.valueOf(4n)
  expect([1n, 2n, 3n, 4n].map((id) => node.escrow.cached(channelId(id)) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
  ])
})

test('an event of a channel drops its reading and no other', async () => {
  const node = new Node()
  await node.valueOf(1n)
  await node.valueOf(2n)
  node.changed = [1n]
  await node.escrow.dropChanged(100n, 101n)
  expect(node.escrow.cached(channelId(1n))).toBeUndefined()
  expect(node.escrow.cached(channelId(2n))).toBeDefined()
})

test('all readings are dropped when too many blocks went by to ask for their events', async () => {
  const node = new Node()
  await node.valueOf(1n)
  await node.escrow.dropChanged(100n, 151n)
  expect(node.escrow.cached(channelId(1n))).toBeUndefined()
  expect(node.eventsAsked).toEqual([])
})

test('events that could not be read are read with those of the next blocks, and readings count meanwhile', async () => {
  const node = new Node()
  await node.valueOf(1n)
  await node.valueOf(2n)
  node.eventsFail = true
  await node.escrow.dropChanged(100n, 101n)
  expect(node.escrow.cached(channelId(1n))).toBeDefined()
  node.eventsFail = false
  node.changed = [1n]
  await node.escrow.dropChanged(101n, 102n)
  expect(node.escrow.cached(channelId(1n))).toBeUndefined()
  expect(node.escrow.cached(channelId(2n))).toBeDefined()
  await node.escrow.dropChanged(102n, 103n)
  expect(node.eventsAsked).toEqual(['101 to 101', '101 to 102', '103 to 103'])
})

test('a node that tells blocks and never their events has every reading made again', async () => {
  const node = new Node()
  await node.valueOf(1n)
  node.eventsFail = true
  await node.escrow.dropChanged(100n, 101n)
  await node.escrow.dropChanged(101n, 102n)
  expect(node.escrow.cached(channelId(1n))).toBeUndefined()
})

test.each([
  ['an event of the channel', (node: Node) => node.escrow.dropChanged(100n, 101n)],
  ['a reorganisation', async (node: Node) => node.escrow.dropAll()],
])('what was asked before %s and answered after it is not kept', async (_name, happens) => {
  const node = new Node()
  let release = () => {}
  node.answer = new Promise((done) => (release = done))
  node.changed = [1n]
  const value = node.valueOf(1n)
  await until('the node is asked', () => node.calls.length > 0)
  await happens(node)
  release()
  expect(await value).toBe(1000n)
  expect(node.escrow.cached(channelId(1n))).toBeUndefined()
})

test('ids that were given out in blocks that are gone count no more', async () => {
  const node = new Node()
  expect(await node.valueOf(9n)).toBe(1000n)
  node.escrow.dropAll()
  node.existing = 9n
  node.block--
  expect(await node.valueOf(9n)).toBeUndefined()
})

test('a failed read is told to all who wait and tried again by the next', async () => {
  const node = new Node()
  node.away = true
  const asked = await Promise.allSettled([node.valueOf(1n), node.valueOf(1n)])
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  node.away = false
  expect(await node.valueOf(1n)).toBe(1000n)
})

test('after so many payments on one reading the chain is asked, before that early, and after a look at it they count anew', async () => {
  const node = new Node()
  const id = channelId(1n)
  const spend = (times: number) => Array.from({ length: times }, () => node.escrow.spend(id))
  await node.valueOf(1n)
  expect(spend(4)).not.toContain(true)
  node.answer = new Promise(() => undefined)
  node.block++
  const before = node.calls.length
  expect(spend(6)).not.toContain(true)
  await until('the chain is asked early', () => node.calls.length === before + 1)
  // A reading that does not come does not count.
  expect(spend(10)).not.toContain(true)
  expect(spend(1)).toEqual([true])
})

test('a block that tells nothing of a channel is a look at it', async () => {
  const node = new Node()
  await node.valueOf(1n)
  for (let i = 0; i < 10; i++) node.escrow.spend(channelId(1n))
  await node.escrow.dropChanged(100n, 101n)
  expect(node.escrow.spend(channelId(1n))).toBe(false)
})

test('whoever listens hears of each block’s channels, and that any may have changed when that is not known', async () => {
  const node = new Node()
  const heard: (readonly bigint[] | undefined)[] = []
  node.escrow.onBlocks((changed) => heard.push(changed && [...changed]))
  node.changed = [3n, 3n]
  await node.escrow.dropChanged(100n, 101n)
  node.changed = []
  await node.escrow.dropChanged(101n, 102n)
  node.escrow.dropAll()
  await node.escrow.dropChanged(102n, 200n)
  expect(heard).toEqual([[3n], [], undefined, undefined])
})

test('a channel is read as it stood some blocks ago, without the budget of payments', async () => {
  const node = new Node()
  for (let i = 0; i < 20; i++) expect(await node.escrow.readBack(channelId(1n), 12n)).toMatchObject({ block: 88n })
  expect(await node.escrow.readBack(channelId(1n), 101n)).toBeUndefined()
})
