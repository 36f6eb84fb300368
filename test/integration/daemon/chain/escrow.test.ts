import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeNextChannelQuery, toAddress } from '../../../../src/ethereum/index.js'
import { channelId, channelNonce, cogs, groupIdFromBytes } from '../../../../src/shared/units.js'
import { type EscrowChain, startEscrowChain } from '../../../support/escrow-chain.js'
import { until } from '../../../support/until.js'
import { openReplica } from './harness.js'

let chain: EscrowChain
beforeAll(async () => {
  chain = await startEscrowChain()
})
afterAll(() => chain?.[Symbol.asyncDispose]())

const FOLLOWING = { pollIntervalMs: 100 }

describe('what a client does on chain counts for the very next payment', () => {
  test('a channel that was opened a moment ago', async () => {
    await using replica = await openReplica(chain)
    const next = channelId((await nextChannel()) as bigint)
    const payment = chain.sign(next, { amount: 10n })
    expect(await replica.pay(payment)).toBe(`payment-rejected: payment channel "{ID: ${next}}" not found`)
    expect(await chain.open()).toBe(next)
    expect(await replica.pay(payment)).toBe('paid')
  })

  test('a deposit that went into the channel', async () => {
    await using replica = await openReplica(chain)
    const id = await chain.open({ value: 15n })
    expect(await replica.pay(chain.sign(id, { amount: 10n }))).toBe('paid')
    const payment = chain.sign(id, { amount: 20n })
    const refused = 'payment-rejected: not enough tokens on payment channel, channel amount: 15, payment amount: 20'
    expect(await replica.pay(payment)).toBe(refused)
    await chain.deposit(5n)
    expect(await replica.pay(payment)).toBe(refused)
    await chain.send('channelAddFunds', id, 5n)
    expect(await replica.pay(payment)).toBe('paid')
  })

  test('an extension of a channel that was about to expire', async () => {
    await using replica = await openReplica(chain)
    const id = await chain.open({ blocks: 110 })
    expect(await replica.pay(chain.sign(id, { amount: 10n }))).toBe('paid')
    await chain.mine(20)
    await replica.chain.blocks.refresh()
    const payment = chain.sign(id, { amount: 20n })
    expect(await replica.pay(payment)).toMatch(/^payment-rejected: payment channel is near to be expired/)
    await chain.send('channelExtend', id, (await chain.block()) + 1_000n)
    expect(await replica.pay(payment)).toBe('paid')
  })
})

test('blocks that are mined make a channel expire, also where its reading is cached', async () => {
  await using replica = await openReplica(chain, { config: FOLLOWING })
  const id = await chain.open({ blocks: 120 })
  const cached = chain.sign(id, { amount: 10n })
  expect(await replica.pay(cached)).toBe('paid')
  const { expiration } = replica.cached(id)?.channel ?? expect.fail('it is not cached')
  // The first block by which it is too near to its end.
  await chain.mine(Number(expiration - 100n - (await chain.block())))
  await until('the block before the last good one is known', () => replica.chain.health().block === expiration - 100n)
  const refused = `payment-rejected: payment channel is near to be expired, expiration time: ${expiration}, current block: `
  expect(await replica.pay(chain.sign(id, { amount: 20n }))).toContain(refused)
})

test('a sender who takes his money back after the end leaves nothing to pay with', async () => {
  await using replica = await openReplica(chain, { config: FOLLOWING })
  const id = await chain.open({ blocks: 120 })
  expect(await replica.pay(chain.sign(id, { amount: 10n }))).toBe('paid')
  await chain.mine(120)
  await chain.send('channelClaimTimeout', id)
  await until('the newest block is known', async () => replica.chain.health().block === (await chain.block()))
  expect(await replica.pay(chain.sign(id, { amount: 20n }))).toBe(
    'stale-nonce: incorrect payment channel nonce, latest: 1, sent: 0',
  )
  expect(await replica.pay(chain.sign(id, { nonce: 1n, amount: 10n }))).toMatch(/near to be expired/)
})

describe('a claim made elsewhere', () => {
  test('drops the cached reading, and the next nonce begins with nothing authorised', async () => {
    await using replica = await openReplica(chain, { config: FOLLOWING })
    const id = await chain.open()
    const signed = chain.sign(id, { amount: 10n })
    expect(await replica.pay(signed)).toBe('paid')
    expect(replica.cached(id)?.channel?.nonce).toBe(0n)
    await chain.claim(signed)
    await until('the reading of the channel is dropped', () => replica.cached(id) === undefined)
    expect(await replica.pay(chain.sign(id, { amount: 20n }))).toBe(
      'stale-nonce: incorrect payment channel nonce, latest: 1, sent: 0',
    )
    expect(await replica.pay(chain.sign(id, { nonce: 1n, amount: 10n }))).toBe('paid')
    expect(replica.cached(id)?.channel).toMatchObject({ nonce: 1n, value: 990n })
  })

  test('is believed of a client who knows of it before us', async () => {
    await using replica = await openReplica(chain)
    const id = await chain.open()
    const signed = chain.sign(id, { amount: 10n })
    expect(await replica.pay(signed)).toBe('paid')
    await chain.claim(signed)
    expect(replica.cached(id)?.channel?.nonce).toBe(0n)
    expect(await replica.pay(chain.sign(id, { nonce: 1n, amount: 10n }))).toBe('paid')
  })

  test('by a replica with the same store counts from its start, whatever this one has cached', async () => {
    await using replica = await openReplica(chain)
    await using other = await openReplica(chain, { channels: replica.channels })
    const id = await chain.open()
    const signed = chain.sign(id, { amount: 10n })
    expect(await replica.pay(signed)).toBe('paid')
    await startClaim(other, id)
    const stale = 'stale-nonce: incorrect payment channel nonce, latest: 1, sent: 0'
    expect(await replica.pay(chain.sign(id, { amount: 20n }))).toBe(stale)
    expect(await replica.pay(chain.sign(id, { nonce: 1n, amount: 10n }))).toBe('paid')
    await chain.claim(signed)
    // Still cached from before the claim: the store knows better.
    expect(replica.cached(id)?.channel?.nonce).toBe(0n)
    expect(await replica.pay(chain.sign(id, { nonce: 1n, amount: 20n }))).toBe('paid')
    expect(await other.pay(chain.sign(id, { amount: 20n }))).toBe(stale)
    expect(await other.pay(chain.sign(id, { nonce: 1n, amount: 30n }))).toBe('paid')
  })
})

describe('a reorganisation', () => {
  test('that takes funds away takes them from the next payment too', async () => {
    await using replica = await openReplica(chain, { config: FOLLOWING })
    const id = await chain.open({ value: 15n })
    await chain.deposit(5n)
    await chain.send('channelAddFunds', id, 5n)
    expect(await replica.pay(chain.sign(id, { amount: 10n }))).toBe('paid')
    expect(replica.cached(id)?.channel?.value).toBe(20n)
    await chain.control('anvil_reorg', 1, [])
    await until('the reading of the channel is dropped', () => replica.cached(id) === undefined)
    expect(replica.log).toEqual(['the chain was reorganised'])
    expect(await replica.pay(chain.sign(id, { amount: 20n }))).toBe(
      'payment-rejected: not enough tokens on payment channel, channel amount: 15, payment amount: 20',
    )
    expect(replica.cached(id)?.channel?.value).toBe(15n)
  })

  test('is seen behind blocks that nobody looked at', async () => {
    await using replica = await openReplica(chain)
    const id = await chain.open({ value: 15n })
    await chain.deposit(5n)
    const before = await chain.control('evm_snapshot')
    await chain.send('channelAddFunds', id, 5n)
    expect(await replica.pay(chain.sign(id, { amount: 10n }))).toBe('paid')
    expect(replica.cached(id)?.channel?.value).toBe(20n)
    await chain.control('evm_revert', before)
    await chain.mine(7)
    await replica.chain.blocks.refresh()
    expect(replica.log).toEqual(['the chain was reorganised'])
    expect(replica.cached(id)).toBeUndefined()
    expect(await replica.pay(chain.sign(id, { amount: 20n }))).toMatch(/channel amount: 15, payment amount: 20$/)
  })

  test('that takes a channel away leaves none', async () => {
    await using replica = await openReplica(chain, { config: FOLLOWING })
    await chain.deposit(1_000n)
    const id = await chain.open()
    expect(await replica.pay(chain.sign(id, { amount: 10n }))).toBe('paid')
    await chain.control('anvil_reorg', 1, [])
    await until('the reading of the channel is dropped', () => replica.cached(id) === undefined)
    expect(await replica.pay(chain.sign(id, { amount: 20n }))).toBe(
      `payment-rejected: payment channel "{ID: ${id}}" not found`,
    )
  })
})

describe('a channel of somebody else', () => {
  test('to another recipient pays nothing here', async () => {
    await using replica = await openReplica(chain)
    const id = await chain.open({ recipient: toAddress(chain.client.address) })
    expect(await replica.pay(chain.sign(id, { amount: 10n }))).toBe(
      'forbidden: payment channel error: recipient Address from org metadata does not Match on what was retrieved from Channel',
    )
  })

  test('to another group pays nothing here', async () => {
    await using replica = await openReplica(chain)
    const id = await chain.open({ groupId: groupIdFromBytes(new Uint8Array(32).fill(7)) })
    expect(await replica.pay(chain.sign(id, { amount: 10n }))).toMatch(
      /^forbidden: payment channel error: channel received belongs to another group of replicas, .* channel group: \[7 7 /,
    )
  })
})

const nextChannel = async (): Promise<unknown> => {
  const data = await chain.control('eth_call', { to: chain.contracts.mpe, data: encodeNextChannelQuery() }, 'latest')
  return BigInt(data as string)
}

/** What a replica writes when its provider starts a claim. */
async function startClaim({ channels }: Pick<Awaited<ReturnType<typeof openReplica>>, 'channels'>, id: bigint) {
  await using hold = await channels.hold(channelId(id))
  const record = hold.record ?? expect.fail('nothing was paid')
  const { nonce, authorized: amount, signature, value } = record
  const next = {
    nonce: channelNonce(nonce + 1n),
    authorized: cogs(0n),
    signature: new Uint8Array(),
    value: cogs(value - amount),
  }
  await hold.commit({
    channel: { ...record, ...next },
    claim: { channel: record.id, nonce, amount, signature },
  })
}
