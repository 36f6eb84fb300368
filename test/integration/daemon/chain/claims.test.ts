import { Contract, Signature } from 'ethers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClaims, followClaims } from '../../../../src/daemon/payments/index.js'
import type { PendingClaim } from '../../../../src/daemon/payments/ports.js'
import {
  listInProgressMessage,
  listUnclaimedMessage,
  signMessage,
  startClaimMessage,
} from '../../../../src/ethereum/index.js'
import { escrowInterface } from '../../../../src/ethereum/interfaces/index.js'
import { type ChannelId, channelNonce } from '../../../../src/shared/units.js'
import { type EscrowChain, startEscrowChain } from '../../../support/escrow-chain.js'
import { until } from '../../../support/until.js'
import { openReplica, type Replica } from './harness.js'

let chain: EscrowChain
beforeAll(async () => {
  chain = await startEscrowChain()
})
afterAll(() => chain?.[Symbol.asyncDispose]())

const HOUR = 3_600_000
const CONFIRMATIONS = 12

/** A replica as the gate has it, and the provider beside it. */
async function openProvider(pollIntervalMs = 100, config: { wsUrl?: string } = {}) {
  const replica = await openReplica(chain, { config: { pollIntervalMs, ...config } })
  const claims = createClaims({ ...replica.deps, store: replica.channels })
  const following = followClaims({
    ...replica.deps,
    store: replica.channels,
    history: replica.history,
    confirmations: BigInt(CONFIRMATIONS),
    onFault: () => undefined,
  })
  const { mpe } = chain.contracts
  const key = Buffer.from(chain.provider.privateKey.slice(2), 'hex')
  const list = async (what: 'unclaimed' | 'inProgress') => {
    const block = await chain.block()
    const message = what === 'unclaimed' ? listUnclaimedMessage(mpe, block) : listInProgressMessage(mpe, block)
    return await claims[what]({ mpe, block, signature: signMessage(key, message) })
  }
  return {
    replica,
    start: (channel: ChannelId, nonce: bigint, sendback = false) => {
      const message = startClaimMessage(mpe, { channel, nonce: channelNonce(nonce), sendback })
      return claims.start({ mpe, channel, sendback, signature: signMessage(key, message) })
    },
    unclaimed: async () => (await list('unclaimed')).map(({ channel, nonce, amount }) => ({ channel, nonce, amount })),
    inProgress: async () =>
      (await list('inProgress')).map(({ channel, nonce, amount }) => ({ channel, nonce, amount })),
    async [Symbol.asyncDispose]() {
      await following[Symbol.asyncDispose]()
      await replica[Symbol.asyncDispose]()
    },
  }
}

async function collect({ channel, amount, signature, sendback = false }: PendingClaim): Promise<void> {
  const { v, r, s } = Signature.from(`0x${Buffer.from(signature).toString('hex')}`)
  const contract = new Contract(chain.contracts.mpe, escrowInterface, chain.provider)
  await (await contract.getFunction('channelClaim')(channel, amount, amount, v, r, s, sendback)).wait()
}

/** Pays one price after the other; how often that went well, and why not in the end. */
async function payOn(replica: Replica, channel: ChannelId, from: bigint, nonce: bigint, most: number) {
  for (let i = 1; i <= most; i++) {
    const said = await replica.pay(chain.sign(channel, { nonce, amount: from + BigInt(10 * i) }))
    if (said !== 'paid') return { paid: i - 1, said }
  }
  return { paid: most, said: 'paid' }
}

test('a claim from start to receipt: hidden when its block is seen, forgotten when it is confirmed, the client goes on', async () => {
  await using provider = await openProvider()
  const { replica } = provider
  const channel = await chain.open()
  await payOn(replica, channel, 0n, 0n, 4)
  expect(await provider.unclaimed()).toEqual([{ channel, nonce: 0n, amount: 40n }])
  const claim = await provider.start(channel, 0n)
  expect(await provider.unclaimed()).toEqual([])
  expect(await provider.inProgress()).toEqual([{ channel, nonce: 0n, amount: 40n }])
  expect(await replica.pay(chain.sign(channel, { nonce: 1n, amount: 10n }))).toBe('paid')
  await collect(claim)
  expect(await provider.inProgress()).toEqual([])
  expect(await replica.pay(chain.sign(channel, { nonce: 1n, amount: 20n }))).toBe('paid')
  const kept = () => replica.channels.readClaim(channel, channelNonce(0n))
  expect(await kept()).toBeDefined()
  // Confirmations count from where it was seen.
  await until('it is forgotten', async () => (await chain.mine(1), (await kept()) === undefined), { everyMs: 100 })
  expect(await provider.unclaimed()).toEqual([{ channel, nonce: 1n, amount: 20n }])
})

test('a claim that the chain takes back is there to be sent again, and collects once', async () => {
  await using provider = await openProvider()
  const { replica } = provider
  const channel = await chain.open()
  await payOn(replica, channel, 0n, 0n, 4)
  const claim = await provider.start(channel, 0n)
  const before = await chain.control('evm_snapshot')
  await collect(claim)
  expect(await provider.inProgress()).toEqual([])
  await chain.control('evm_revert', before)
  await chain.mine(3)
  await replica.chain.blocks.refresh()
  expect(await provider.inProgress()).toEqual([{ channel, nonce: 0n, amount: 40n }])
  await collect(claim)
  await expect(collect(claim)).rejects.toThrow()
  expect(await replica.pay(chain.sign(channel, { nonce: 1n, amount: 10n }))).toBe('paid')
})

test('after a claim that sends back, the old funds buy nothing: neither before its transaction nor after', async () => {
  await using provider = await openProvider()
  const { replica } = provider
  const channel = await chain.open()
  await payOn(replica, channel, 0n, 0n, 1)
  const claim = await provider.start(channel, 0n, true)
  const next = chain.sign(channel, { nonce: 1n, amount: 10n })
  expect(await replica.pay(next)).toMatch(/not enough tokens on payment channel, channel amount: 0,/)
  await collect(claim)
  expect(await replica.pay(next)).toMatch(/^payment-rejected/)
})

test('a claim past the daemon: seen after a bounded number of calls though nobody tells of it, its signature kept', async () => {
  await using provider = await openProvider(HOUR)
  const { replica } = provider
  const channel = await chain.open({ value: 100_000n })
  await payOn(replica, channel, 0n, 0n, 1)
  await collect(chain.sign(channel, { amount: 10n }))
  const { paid, said } = await payOn(replica, channel, 10n, 0n, 500)
  expect(paid).toBeLessThanOrEqual(50)
  expect(said).toBe('stale-nonce: incorrect payment channel nonce, latest: 1, sent: 0')
  expect(await replica.pay(chain.sign(channel, { nonce: 1n, amount: 10n }))).toBe('paid')
  expect(await replica.channels.readClaim(channel, channelNonce(0n))).toMatchObject({ amount: BigInt(10 + 10 * paid) })
})

test('a claim past the daemon is seen with its block where blocks are told, and taken back with its signature kept', async () => {
  await using provider = await openProvider(HOUR, { wsUrl: chain.rpc.replace('http', 'ws') })
  const { replica } = provider
  await until(
    'new blocks are subscribed to',
    async () => (await chain.mine(1), replica.chain.health().subscribed === true),
    {
      everyMs: 50,
    },
  )
  const channel = await chain.open()
  await payOn(replica, channel, 0n, 0n, 4)
  const before = await chain.control('evm_snapshot')
  await collect(chain.sign(channel, { amount: 40n }))
  const kept = () => replica.channels.readClaim(channel, channelNonce(0n))
  await until('what was signed is a claim', async () => (await kept()) !== undefined)
  expect(await replica.channels.read(channel)).toMatchObject({ nonce: 1n, authorized: 0n, value: 960n })
  expect(await provider.inProgress()).toEqual([])
  await chain.control('evm_revert', before)
  await chain.mine(3)
  await until('it is in progress', async () => (await provider.inProgress()).length === 1)
  expect(await replica.pay(chain.sign(channel, { nonce: 1n, amount: 10n }))).toBe('paid')
  await collect((await kept()) as PendingClaim)
  expect(await replica.pay(chain.sign(channel, { nonce: 1n, amount: 20n }))).toBe('paid')
})
