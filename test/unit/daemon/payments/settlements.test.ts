import { expect, test } from 'vitest'
import { followClaims } from '../../../../src/daemon/payments/index.js'
import type { EscrowHistory } from '../../../../src/daemon/payments/ports.js'
import { SnetError } from '../../../../src/shared/errors.js'
import type { EscrowChannel } from '../../../../src/shared/escrow-channel.js'
import { blockNumber, type ChannelId, channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { until } from '../../../support/until.js'
import { aChannel, aPayment, aRecord, signedBy, signer, stranger, World } from './world.js'

const signature = signedBy(signer)
const collected = aChannel({ nonce: channelNonce(4n), value: cogs(960n) })

/** A chain of which each block remembers how channel 7 stood, beside a world in which 40 cogs were signed on it. */
class Chain implements EscrowHistory {
  readonly world = new World()
  readonly faults: unknown[] = []
  readonly reads: string[] = []
  #listener: Parameters<EscrowHistory['onBlocks']>[0] = () => undefined
  #blocks: EscrowChannel[] = Array.from({ length: 501 }, () => aChannel())

  constructor() {
    this.world.records.set(7n, aRecord({ authorized: cogs(40n), signature }))
  }

  follow(): AsyncDisposable {
    return followClaims({
      ...this.world.deps,
      store: this.world.store,
      history: this,
      confirmations: 12n,
      onFault: (fault) => this.faults.push(fault),
    })
  }

  async readBack(id: ChannelId, back: bigint) {
    if (this.world.chainAway) throw new SnetError('unavailable', 'the node is away')
    this.reads.push(`${id} ${back} back`)
    const block = this.world.block - back
    const channel = id === 7n ? this.#blocks[Number(block)] : aChannel({ id })
    return { channel, block: blockNumber(block) }
  }

  onBlocks(listener: Parameters<EscrowHistory['onBlocks']>[0]): void {
    this.#listener = listener
  }

  get #newest(): EscrowChannel {
    return this.#blocks.at(-1) ?? aChannel()
  }

  /** Blocks with channel 7 as it is or becomes. */
  mine(count: number, channel?: EscrowChannel): void {
    const next = channel ?? this.#newest
    for (let i = 0; i < count; i++) this.#blocks.push(next)
    this.#move(channel ? new Set([channelId(7n)]) : new Set())
  }

  /** The last blocks are replaced by ones without what was in them. */
  takeBack(count: number): void {
    const before = this.#blocks.at(-count - 1) as EscrowChannel
    this.#blocks = [...this.#blocks.slice(0, -count), ...Array.from({ length: count }, () => before)]
    this.#move(undefined)
  }

  #move(changed: ReadonlySet<ChannelId> | undefined): void {
    this.world.block = blockNumber(BigInt(this.#blocks.length - 1))
    this.world.chain = this.#blocks.at(-1)
    this.#listener(changed)
  }

  get claims(): string[] {
    return [...this.world.claims.keys()]
  }
}

const started = async (): Promise<Chain> => {
  const chain = new Chain()
  const record = chain.world.records.get(7n)
  chain.world.records.set(7n, aRecord({ nonce: channelNonce(4n), value: cogs(960n) }))
  chain.world.claims.set('7/3', { channel: channelId(7n), nonce: channelNonce(3n), amount: cogs(40n), signature })
  expect(record?.authorized).toBe(40n)
  return chain
}

/** Whatever is still to be read after the newest block has been read. */
const settled = async (chain: Chain): Promise<void> => {
  let before = -1
  await until('nothing more is read', () => {
    const isQuiet = before === chain.reads.length
    before = chain.reads.length
    return isQuiet
  })
}

test('a claim is kept until its blocks are confirmed, and then forgotten without anybody asking', async () => {
  const chain = await started()
  await using _following = chain.follow()
  await settled(chain)
  chain.mine(1, collected)
  await settled(chain)
  chain.mine(11)
  await settled(chain)
  expect(chain.claims).toEqual(['7/3'])
  chain.mine(1)
  await until('it is forgotten', () => chain.claims.length === 0)
  expect(chain.world.records.get(7n)?.nonce).toBe(4n)
})

test('a claim that is never sent is kept for ever', async () => {
  const chain = await started()
  await using _following = chain.follow()
  chain.mine(1_000)
  await settled(chain)
  expect(chain.claims).toEqual(['7/3'])
})

test('a claim that the chain takes back is kept, and forgotten when it is confirmed the second time', async () => {
  const chain = await started()
  await using _following = chain.follow()
  chain.mine(1, collected)
  chain.mine(5)
  await settled(chain)
  chain.takeBack(6)
  chain.mine(50)
  await settled(chain)
  expect(chain.claims).toEqual(['7/3'])
  chain.mine(1, collected)
  await settled(chain)
  chain.mine(12)
  await until('it is forgotten', () => chain.claims.length === 0)
})

test('what was signed on a channel that was claimed past the daemon becomes a claim, and the nonces are together', async () => {
  const chain = new Chain()
  await using _following = chain.follow()
  await settled(chain)
  chain.mine(1, collected)
  await until('it is a claim', () => chain.claims.length === 1)
  expect(chain.world.records.get(7n)).toMatchObject({ nonce: 4n, value: 960n, authorized: 0n })
  expect(chain.world.claims.get('7/3')).toMatchObject({ amount: 40n, signature })
  chain.takeBack(1)
  await settled(chain)
  await chain.world.pay(aPayment({ nonce: channelNonce(4n) }))
  expect(chain.claims).toEqual(['7/3'])
})

test('so does what was claimed while the daemon was down', async () => {
  const chain = new Chain()
  chain.mine(1, collected)
  await using _following = chain.follow()
  await until('it is a claim', () => chain.claims.length === 1)
})

test('a call that is under way is left alone, and its channel looked at again with the next block', async () => {
  const chain = new Chain()
  const call = await chain.world.reserve(aPayment({ amount: cogs(50n) }))
  await using _following = chain.follow()
  chain.mine(1, collected)
  await settled(chain)
  expect(chain.claims).toEqual([])
  await call[Symbol.asyncDispose]()
  chain.mine(1)
  await until('it is a claim', () => chain.claims.length === 1)
})

test('while the node is away nothing is forgotten, and all is made up for afterwards', async () => {
  const chain = await started()
  chain.world.chainAway = true
  await using _following = chain.follow()
  chain.mine(1, collected)
  chain.mine(20)
  await until('it was tried', () => chain.faults.length > 0)
  expect(chain.claims).toEqual(['7/3'])
  chain.world.chainAway = false
  chain.mine(1)
  await settled(chain)
  chain.mine(12)
  await until('it is forgotten', () => chain.claims.length === 0)
})

test('a channel of somebody else in the store does not keep the others from being followed', async () => {
  const chain = new Chain()
  chain.world.records.set(1n, aRecord({ id: channelId(1n), nonce: channelNonce(2n), authorized: cogs(1n), signature }))
  const readBack = chain.readBack.bind(chain)
  chain.readBack = async (id, back) =>
    id === 1n ? { channel: aChannel({ id, recipient: stranger }), block: chain.world.block } : await readBack(id, back)
  await using _following = chain.follow()
  chain.mine(1, collected)
  await until('it is a claim', () => chain.claims.length === 1)
  expect(chain.faults).toMatchObject([{ kind: 'forbidden' }])
})
