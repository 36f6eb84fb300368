import { expect, test } from 'vitest'
import { CachedEscrow } from '../../../../src/daemon/chain/escrow-channels.js'
import { escrowInterface, toAddress } from '../../../../src/ethereum/index.js'
import { type BlockNumber, blockNumber, channelId } from '../../../../src/shared/units.js'
import { quietLog } from '../../../support/quiet-log.js'

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
  readonly escrow = new CachedEscrow(
    { mpe: someone, staleLimitMs: 300_000, maxChannels: 3, reads: { burst: 5, perSecond: 1 }, maxEventBlocks: 50n },
    {
      now: () => this.now,
      log: quietLog(),
      blocks: { current: () => this.number(), refresh: async () => this.number() },
      rpc: {
        call: async (_to, data) => {
          const call = escrowInterface.parseTransaction({ data })
          this.calls.push(`${call?.name}(${call?.args.join(',')})`)
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
        logs: async () => {
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

test.each([
  ['the events cannot be read', (node: Node) => (node.eventsFail = true), 101n],
  ['too many blocks went by', () => undefined, 151n],
])('all readings are dropped when %s', async (_name, prepare, to) => {
  const node = new Node()
  await node.valueOf(1n)
  prepare(node)
  await node.escrow.dropChanged(100n, to)
  expect(node.escrow.cached(channelId(1n))).toBeUndefined()
})

test('a failed read is told to all who wait and tried again by the next', async () => {
  const node = new Node()
  node.away = true
  const asked = await Promise.allSettled([node.valueOf(1n), node.valueOf(1n)])
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  node.away = false
  expect(await node.valueOf(1n)).toBe(1000n)
})
