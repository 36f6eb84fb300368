import { Contract } from 'ethers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { toAddress } from '../../../src/ethereum/index.js'
import { escrowInterface } from '../../../src/ethereum/interfaces/index.js'
import { blockNumber, channelId, type Cogs, cogs } from '../../../src/shared/units.js'
import { collectClaims, openSender, planClaims, readBalances, type Sender } from '../../../src/wallet/index.js'
import { type EscrowChain, startEscrowChain } from '../../support/escrow-chain.js'
import { tempDir } from '../../support/temp-dir.js'

const CHANNELS = 53
const VALUE = 100n
const AMOUNT = 10n
const WANTED = { channels: undefined, minAmount: 1n as Cogs, expiringWithin: undefined, sendback: false }

let chain: EscrowChain
let journalDir: string
beforeAll(async () => {
  chain = await startEscrowChain()
}, 60_000)
afterAll(() => chain?.[Symbol.asyncDispose]())
beforeEach(async () => {
  const temp = await tempDir()
  journalDir = temp.path
  return temp.remove
})
afterEach(() => chain.control('evm_setAutomine', true))

const open = (): Promise<Sender & Disposable> =>
  openSender({
    rpc: chain.rpc,
    account: { variable: 'key', value: chain.provider.privateKey },
    journalDir,
    patience: { pollMs: 10 },
  })

/** Opens all of them in one block. */
async function openChannels(): Promise<void> {
  const { client, provider, contracts, groupId } = chain
  await chain.deposit(VALUE * BigInt(CHANNELS))
  await chain.control('evm_setAutomine', false)
  const contract = new Contract(contracts.mpe, escrowInterface, client)
  const first = await client.getNonce()
  const expiration = (await chain.block()) + 1_000n
  for (let i = 0; i < CHANNELS; i++) {
    const terms = [client.address, provider.address, groupId, VALUE, expiration] as const
    await contract.getFunction('openChannel')(...terms, { nonce: first + i, gasLimit: 500_000n })
  }
  await chain.mine(1)
  await chain.control('evm_setAutomine', true)
}

/** A provider's daemon that was paid once on each channel and begins whatever it is asked to. */
function createControl() {
  const payments = Array.from({ length: CHANNELS }, (_, i) => chain.sign(channelId(BigInt(i)), { amount: AMOUNT }))
  const begun = new Set<bigint>()
  const started = () => payments.filter(({ channel }) => begun.has(channel)).map((one) => ({ ...one, sendback: false }))
  return {
    unclaimed: async () =>
      payments
        .filter(({ channel }) => !begun.has(channel))
        .map(({ channel, nonce, amount }) => ({ channel, nonce, amount, expiration: blockNumber(1_000n) })),
    inProgress: async () => started(),
    start: async (id: bigint) => {
      begun.add(id)
      const claim = started().find(({ channel }) => channel === id)
      if (!claim) throw new Error(`no channel ${id}`)
      return claim
    },
  }
}

test('more claims than fit one transaction go in several; a cut between them collects each once', async () => {
  await openChannels()
  const control = createControl()
  const escrow = chain.contracts.mpe
  const deposited = async (): Promise<bigint> =>
    (await readBalances(chain.client.provider as never, escrow, toAddress(chain.provider.address))).deposited
  {
    using sender = await open()
    const { provider } = sender
    const send = provider.send.bind(provider)
    let sent = 0
    provider.send = async (method, params) => {
      if (method === 'eth_sendRawTransaction' && ++sent > 1) throw new Error('the cable is cut')
      return (await send(method, params as unknown[])) as unknown
    }
    const { claims } = await planClaims({ sender, escrow, control }, WANTED)
    expect(claims).toHaveLength(CHANNELS)
    await expect(collectClaims({ sender, escrow, control }, claims)).rejects.toMatchObject({ kind: 'unavailable' })
  }
  expect(await deposited()).toBe(50n * AMOUNT)
  using sender = await open()
  const { claims } = await planClaims({ sender, escrow, control }, WANTED)
  // What the cut left in the journal was sent while the plan was made.
  expect(claims).toEqual([])
  expect(await deposited()).toBe(cogs(BigInt(CHANNELS) * AMOUNT))
  expect(await sender.journal.list()).toEqual([])
})
