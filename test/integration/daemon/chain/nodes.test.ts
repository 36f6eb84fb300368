import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChannelId } from '../../../../src/shared/units.js'
import { type EscrowChain, startEscrowChain } from '../../../support/escrow-chain.js'
import { type FlakyNode, startFlakyNode } from '../../../support/flaky-node.js'
import { until } from '../../../support/until.js'
import { openReplica, type Replica, type ReplicaOptions } from './harness.js'

let chain: EscrowChain
let node: FlakyNode
let channel: ChannelId
beforeAll(async () => {
  chain = await startEscrowChain()
  node = await startFlakyNode(chain.rpc)
})
beforeEach(async () => {
  node.behave()
  channel = await chain.open()
})
afterAll(async () => {
  await node?.[Symbol.asyncDispose]()
  await chain?.[Symbol.asyncDispose]()
})

const TIMING = { restMs: 50, pingMs: 10_000, backoff: { firstMs: 10, longestMs: 30 } }

const open = (config: ReplicaOptions['config'] = {}): Promise<Replica> =>
  openReplica(chain, { config: { rpcUrl: node.url, pollIntervalMs: 30, timeoutMs: 20_000, timing: TIMING, ...config } })

const newest = (replica: Replica) => async (): Promise<boolean> =>
  replica.chain.health().block === (await chain.block())
/** The next payment on the channel of this test. */
const payer = () => {
  let amount = 0n
  return (replica: Replica): Promise<string> => replica.pay(chain.sign(channel, { amount: (amount += 10n) }))
}

describe.each([
  ['away', { isAway: true }, /did not answer \w+: .*(ECONNRESET|socket|closed)|is away: last error: /],
  ['slow', { isStuck: true }, /no complete answer within 400 ms/],
])('a node that is %s', (_name, faults, reason) => {
  test('costs nobody whose channel is known a thing, and others their call, until it is back', async () => {
    await using replica = await open({ timeoutMs: 400 })
    const payNext = payer()
    const unread = await chain.open()
    expect(await payNext(replica)).toBe('paid')
    await until('the newest block is known', newest(replica))
    node.behave(faults)
    await until('the log says that the node is away', () => replica.log.includes('the Ethereum node is away'))
    expect(await payNext(replica)).toBe('paid')
    const refused = await replica.pay(chain.sign(unread, { amount: 10n }))
    expect(refused).toMatch(/^unavailable: payment channel error: the Ethereum node at 127\.0\.0\.1:\d+ /)
    expect(refused).toMatch(reason)
    // What rests on the chain cannot be refused without it.
    expect(await replica.pay(chain.sign(channel, { nonce: 1n, amount: 10n }))).toMatch(/^unavailable: /)
    node.behave()
    await chain.mine(1)
    await until('the newest block is known', newest(replica))
    expect(await replica.pay(chain.sign(unread, { amount: 10n }))).toBe('paid')
    expect(await payNext(replica)).toBe('paid')
    expect(replica.log.at(-1)).toBe('the Ethereum node is back')
  })
})

test('beyond the stale limit nothing is accepted any more, and health says so', async () => {
  await using replica = await open({ staleLimitMs: 400 })
  const payNext = payer()
  expect(await payNext(replica)).toBe('paid')
  node.behave({ isAway: true })
  await until(
    'the node counts as away and the reading is dropped',
    () => !replica.chain.health().ok && replica.cached(channel) === undefined,
  )
  const payment = chain.sign(channel, { amount: 20n })
  expect(await replica.pay(payment)).toMatch(/^unavailable: /)
  expect(() => replica.block()).toThrow('cannot determine current block')
  node.behave()
  await until('the node is well', () => replica.chain.health().ok)
  expect(await replica.pay(payment)).toBe('paid')
})

test('a node that keeps failing is left alone, whoever wants to know', async () => {
  await using replica = await open({ timing: { ...TIMING, restMs: 3_600_000 } })
  const ask = (): Promise<string> => replica.pay(chain.sign(channel, { amount: 10n }))
  node.behave({ isAway: true })
  await until('payers are told that the node is away', async () => (await ask()).includes(' is away: last error: '))
  const asked = node.asked.length
  for (let i = 0; i < 5; i++) expect(await ask()).toContain(' is away: last error: ')
  expect(node.asked.length).toBe(asked)
})

describe('a node that lies', () => {
  const elsewhere = (number = 0n) => ({
    number: `0x${number.toString(16)}`,
    hash: `0x${'ee'.repeat(32)}`,
    parentHash: `0x${'ed'.repeat(32)}`,
  })

  test('about its chain is not believed its blocks', async () => {
    await using replica = await open()
    const payNext = payer()
    expect(await payNext(replica)).toBe('paid')
    await until('the newest block is known', newest(replica))
    const { block } = replica.chain.health()
    node.behave({
      lies: {
        eth_chainId: () => '0x1',
        eth_getBlockByNumber: () => elsewhere(block),
        eth_call: () => `0x${'0'.repeat(448)}`,
      },
    })
    await until('the log says that the node is away', () => replica.log.includes('the Ethereum node is away'))
    expect(await replica.pay(chain.sign(channel, { nonce: 1n, amount: 10n }))).toMatch(/serves chain 1, not 42/)
    expect(replica.chain.health().block).toBe(block)
    expect(await payNext(replica)).toBe('paid')
    node.behave()
    await chain.mine(1)
    await until('the newest block is known', newest(replica))
    expect(await payNext(replica)).toBe('paid')
    expect(replica.log).toEqual(['the Ethereum node is away', 'the Ethereum node is back'])
  })

  test('by showing blocks of the past takes no number back', async () => {
    await using replica = await open()
    const payNext = payer()
    await chain.mine(5)
    await until('the newest block is known', newest(replica))
    const block = await chain.block()
    const past = await chain.control('eth_getBlockByNumber', `0x${(block - 3n).toString(16)}`, false)
    expect(await payNext(replica)).toBe('paid')
    node.behave({ lies: { eth_getBlockByNumber: () => past } })
    const asked = node.asked.length
    await until('the node is asked again', () => node.asked.length > asked + 3)
    expect(replica.chain.health().block).toBe(block)
    expect(await payNext(replica)).toBe('paid')
    expect(replica.log).toEqual([])
  })

  test.each([
    ['text that is no block', () => 'pending'],
    ['a block without a hash', () => ({ number: '0x1', parentHash: '0x1' })],
    ['nothing', () => null],
  ])('with %s is away', async (_name, lie) => {
    await using replica = await open()
    const payNext = payer()
    expect(await payNext(replica)).toBe('paid')
    node.behave({ lies: { eth_getBlockByNumber: lie } })
    await until('the log says that the node is away', () => replica.log.includes('the Ethereum node is away'))
    expect(await payNext(replica)).toBe('paid')
    node.behave()
    await until('the log says that the node is back', () => replica.log.includes('the Ethereum node is back'))
  })

  test('about a channel with words that are none leaves the payment unjudged', async () => {
    await using replica = await open()
    node.behave({ lies: { eth_call: () => '0x01' } })
    expect(await replica.pay(chain.sign(channel, { amount: 10n }))).toMatch(
      /^unavailable: payment channel error: the escrow contract 0x\w+ could not be read: /,
    )
    node.behave()
    await chain.mine(1)
    expect(await replica.pay(chain.sign(channel, { amount: 10n }))).toBe('paid')
  })
})

describe('a subscription', () => {
  const HOUR = 3_600_000
  /** It is known to work once a block has been told. */
  const subscribed = (replica: Replica) => async (): Promise<boolean> => {
    await chain.mine(1)
    return replica.chain.health().subscribed === true
  }

  test('tells of blocks that nobody asks for', async () => {
    await using replica = await open({ wsUrl: node.wsUrl, pollIntervalMs: HOUR })
    await until('new blocks are subscribed to', subscribed(replica), { everyMs: 50 })
    await chain.mine(2)
    await until('the newest block is known', newest(replica))
    expect(replica.log).toEqual(['new blocks arrive by subscription'])
  })

  test('and every request carry the key of the provider in the form that each of them wants', async () => {
    for (const seen of Object.values(node.authorized)) seen.clear()
    await using replica = await open({ wsUrl: node.wsUrl, apiKey: 'key' })
    await until('new blocks are subscribed to', subscribed(replica), { everyMs: 50 })
    expect([...node.authorized.http]).toEqual(['Bearer key'])
    expect([...node.authorized.ws]).toEqual(['Basic OmtleQ=='])
  })

  test('that is cut is followed by polls, and made again', async () => {
    const timing = { ...TIMING, relaxedPollMs: HOUR }
    await using replica = await open({ wsUrl: node.wsUrl, timing })
    await until('new blocks are subscribed to', subscribed(replica), { everyMs: 50 })
    await until('the newest block is known', newest(replica))
    // HTTP goes on, only the subscription is lost and cannot be made again.
    node.behave({ isDeafToUpgrades: true })
    await until('the subscription has ended', () => replica.chain.health().subscribed === false)
    await chain.mine(3)
    await until('the newest block is known', newest(replica))
    expect(replica.log.at(-1)).toBe('no subscription to new blocks: polling instead')
    node.behave()
    await until('new blocks are subscribed to', subscribed(replica), { everyMs: 50 })
    await chain.mine(3)
    await until('the newest block is known', newest(replica))
    expect(replica.log).toEqual([
      'new blocks arrive by subscription',
      'no subscription to new blocks: polling instead',
      'new blocks arrive by subscription',
    ])
  })

  test('tells of a reorganisation with the next block', async () => {
    await using replica = await open({ wsUrl: node.wsUrl, pollIntervalMs: HOUR })
    await until('new blocks are subscribed to', subscribed(replica), { everyMs: 50 })
    await chain.deposit(5n)
    await chain.send('channelAddFunds', channel, 5n)
    await until('the newest block is known', newest(replica))
    expect(await replica.pay(chain.sign(channel, { amount: 10n }))).toBe('paid')
    expect(replica.cached(channel)?.channel?.value).toBe(1_005n)
    // Anvil tells nothing of the blocks that it replaces.
    await chain.control('anvil_reorg', 1, [])
    await chain.mine(1)
    await until('the reading of the channel is dropped', () => replica.cached(channel) === undefined)
    expect(replica.log).toContain('the chain was reorganised')
  })
})

describe('two nodes', () => {
  let second: FlakyNode
  beforeAll(async () => {
    second = await startFlakyNode(chain.rpc)
  })
  afterAll(() => second?.[Symbol.asyncDispose]())
  const openBoth = () => {
    second.behave()
    return open({ furtherRpcUrls: [second.url], timeoutMs: 1_000 })
  }

  test('that fail in turn cost no call, and channels are read of the one that is there', async () => {
    await using replica = await openBoth()
    const payNext = payer()
    expect(await payNext(replica)).toBe('paid')
    for (const [away, there] of [
      [node, second],
      [second, node],
      [node, second],
    ] as const) {
      there.behave()
      await until('the other is well', () => replica.chain.nodes.every(({ fault }) => fault === undefined))
      away.behave({ isAway: true })
      await chain.mine(1)
      await until('the newest block is known', newest(replica))
      const unread = await chain.open()
      expect(await replica.pay(chain.sign(unread, { amount: 10n }))).toBe('paid')
      expect(await payNext(replica)).toBe('paid')
    }
    expect(replica.log).not.toContain('the Ethereum node is away')
  })

  test('of which the second shows the past, or another chain, take no number back', async () => {
    await using replica = await openBoth()
    await chain.mine(3)
    await until('the newest block is known', newest(replica))
    const before = replica.chain.health().block as bigint
    const past = `0x${(before - 2n).toString(16)}`
    second.behave({ lies: { eth_blockNumber: () => past, eth_getBlockByNumber: () => ({ number: past }) } })
    node.behave({ isAway: true })
    await until('nobody is believed', () => replica.log.includes('the Ethereum node is away'))
    expect(replica.chain.health().block).toBe(before)
    second.behave({ lies: { eth_chainId: () => '0x1' } })
    await chain.mine(1)
    const unread = await chain.open()
    expect(await replica.pay(chain.sign(unread, { amount: 10n }))).toMatch(/^unavailable: .*serves chain 1, not \d+/)
    expect(replica.chain.health().block).toBe(before)
    second.behave()
    await until('the newest block is known', newest(replica))
    expect(replica.chain.health()).toMatchObject({ ok: true, reason: '1 of 2 Ethereum nodes cannot be used' })
  })

  test('of different chains end the start', async () => {
    second.behave({ lies: { eth_chainId: () => '0x1' } })
    await expect(open({ furtherRpcUrls: [second.url] })).rejects.toMatchObject({
      kind: 'invalid-config',
      message: expect.stringMatching(/serve different chains: 127\.0\.0\.1:\d+ chain \d+, 127\.0\.0\.1:\d+ chain 1$/),
    })
  })

  test('of which one does not answer at the start are served by the other', async () => {
    second.behave()
    node.behave({ isAway: true })
    await using replica = await open({ furtherRpcUrls: [second.url], timeoutMs: 1_000 })
    expect(await payer()(replica)).toBe('paid')
    expect(replica.log).toContain('an Ethereum node does not answer at the start')
  })
})
