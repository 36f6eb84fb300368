import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Contract, Transaction, Wallet } from 'ethers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { toAddress } from '../../../src/ethereum/index.js'
import { type Address, cogs } from '../../../src/shared/units.js'
import {
  depositTokens,
  extendChannel,
  fundChannel,
  openChannel,
  openSender,
  readBalances,
  readChannel,
  type Sender,
  type SenderConfig,
  withdrawTokens,
} from '../../../src/wallet/index.js'
import { type EscrowChain, startEscrowChain } from '../../support/escrow-chain.js'
import { startStandInSigner } from '../../support/stand-in-signer.js'
import { tempDir } from '../../support/temp-dir.js'
import { until } from '../../support/until.js'

const GWEI = 10n ** 9n

let chain: EscrowChain
let escrow: Address
let journalDir: string
beforeAll(async () => {
  chain = await startEscrowChain()
  escrow = chain.contracts.mpe
}, 60_000)
afterAll(() => chain?.[Symbol.asyncDispose]())

beforeEach(async () => {
  const temp = await tempDir()
  journalDir = temp.path
  return temp.remove
})
afterEach(async () => {
  await chain.control('anvil_dropAllTransactions')
  await chain.control('evm_setAutomine', true)
})

const open = (changes: Partial<SenderConfig> = {}): Promise<Sender & Disposable> =>
  openSender({
    rpc: chain.rpc,
    account: { variable: 'key', value: chain.client.privateKey },
    journalDir,
    ...changes,
    patience: { pollMs: 10, ...changes.patience },
  })
const deposited = async (): Promise<bigint> =>
  (await readBalances(chain.client.provider as never, escrow, toAddress(chain.client.address))).deposited

interface Pending {
  readonly hash: string
  readonly nonce: string
  readonly maxFeePerGas: string
}
/** What waits for a block. */
async function waiting(): Promise<Pending[]> {
  const { pending } = (await chain.control('txpool_content')) as { pending: Record<string, Record<string, Pending>> }
  return Object.values(pending).flatMap((ofOne) => Object.values(ofOne))
}
const approveAll = async (): Promise<void> => {
  using sender = await open()
  await depositTokens(sender, escrow, cogs(1n))
  await chain.send('withdraw', 1n)
  const erc20 = ['function approve(address,uint256) returns (bool)']
  await (
    await new Contract(chain.contracts.token, erc20, chain.client).getFunction('approve')(escrow, 10n ** 9n)
  ).wait()
}

test('tokens go in, into a channel, and out again', async () => {
  using sender = await open()
  const before = await readBalances(sender.provider, escrow, sender.account.address)
  await depositTokens(sender, escrow, cogs(500n))
  const recipient = toAddress(chain.provider.address)
  const expiration = (await chain.block()) + 1_000n
  const { id } = await openChannel(sender, {
    ...{ escrow, signer: sender.account.address, recipient, groupId: chain.groupId },
    ...{ value: cogs(300n), expiration },
  })
  await fundChannel(sender, escrow, id, cogs(50n))
  const longer = (await chain.block()) + 2_000n
  expect((await extendChannel(sender, escrow, id, { blocks: 2_000n })).transaction?.what).toBe(
    `extension of channel ${id} to block ${longer}`,
  )
  expect((await extendChannel(sender, escrow, id, { blocks: 1_000n })).transaction).toBeUndefined()
  expect(await readChannel(sender.provider, escrow, id)).toMatchObject({ value: 350n, expiration: longer })
  await withdrawTokens(sender, escrow, cogs(150n))
  const after = await readBalances(sender.provider, escrow, sender.account.address)
  expect(before.wallet - after.wallet).toBe(350n)
  expect(after.deposited).toBe(before.deposited)
  expect(after.token).toMatchObject({ symbol: 'AGIX', decimals: 8 })
  await expect(withdrawTokens(sender, escrow, cogs(10n ** 15n))).rejects.toMatchObject({ kind: 'wrong-state' })
  await expect(fundChannel(sender, escrow, (id + 9n) as never, cogs(1n))).rejects.toMatchObject({ kind: 'not-found' })
  expect(await sender.journal.list()).toEqual([])
})

describe('a transaction that hangs', () => {
  beforeEach(approveAll)

  test('is sent again with higher fees under the same nonce, and counts once', async () => {
    const before = await deposited()
    const told: string[] = []
    using sender = await open({ patience: { raiseAfterMs: 50 }, tell: (note) => told.push(note) })
    await chain.control('evm_setAutomine', false)
    const depositing = depositTokens(sender, escrow, cogs(40n))
    await until('its fee was raised twice', () => told.filter((note) => note.includes('sent again')).length >= 2)
    const [only, ...others] = await waiting()
    expect(others).toEqual([])
    await chain.mine(1)
    await chain.control('evm_setAutomine', true)
    const settled = await depositing
    expect(BigInt(only?.maxFeePerGas ?? 0)).toBeGreaterThan(0n)
    expect(settled.wasFound).toBe(false)
    expect((await deposited()) - before).toBe(40n)
    expect(await sender.journal.list()).toEqual([])
  })

  test('never pays more than the limit', async () => {
    const told: string[] = []
    using sender = await open({ maxFee: 5n * GWEI, patience: { raiseAfterMs: 20 }, tell: (note) => told.push(note) })
    await chain.control('evm_setAutomine', false)
    const depositing = depositTokens(sender, escrow, cogs(40n))
    await until('the limit is told', () => told.some((note) => note.includes('--max-fee lets it pay no more')))
    for (const { maxFeePerGas } of await waiting()) expect(BigInt(maxFeePerGas)).toBeLessThanOrEqual(5n * GWEI)
    await chain.mine(1)
    await depositing
  })

  test('is left to itself at the end of patience or at Ctrl-C, and found by the next command', async () => {
    const before = await deposited()
    await chain.control('evm_setAutomine', false)
    {
      using sender = await open({ patience: { limitMs: 100 } })
      await expect(depositTokens(sender, escrow, cogs(40n))).rejects.toMatchObject({ kind: 'timed-out' })
    }
    const stop = new AbortController()
    const told: string[] = []
    using again = await open({ signal: stop.signal, tell: (note) => told.push(note) })
    const depositing = depositTokens(again, escrow, cogs(40n))
    await until('it is found', () => told.some((note) => note.startsWith('Going on with the deposit of 40 cogs')))
    stop.abort()
    await expect(depositing).rejects.toMatchObject({ kind: 'cancelled' })
    expect(await waiting()).toHaveLength(1)
    await chain.mine(1)
    await chain.control('evm_setAutomine', true)
    using last = await open()
    expect(await depositTokens(last, escrow, cogs(40n))).toMatchObject({ wasFound: true })
    expect((await deposited()) - before).toBe(40n)
    expect(await depositTokens(last, escrow, cogs(40n))).toMatchObject({ wasFound: false })
    expect((await deposited()) - before).toBe(80n)
  })

  test('that never reached the node is sent by the next command', async () => {
    const before = await deposited()
    using cut = await open()
    const { provider } = cut
    const send = provider.send.bind(provider)
    provider.send = async (method, params) => {
      if (method === 'eth_sendRawTransaction') throw new Error('the cable is cut')
      return (await send(method, params as unknown[])) as unknown
    }
    await expect(depositTokens(cut, escrow, cogs(40n))).rejects.toMatchObject({ kind: 'unavailable' })
    expect(await deposited()).toBe(before)
    using again = await open()
    expect(await depositTokens(again, escrow, cogs(40n))).toMatchObject({ wasFound: true })
    expect((await deposited()) - before).toBe(40n)
  })

  test('whose nonce another one has taken is told', async () => {
    await chain.control('evm_setAutomine', false)
    using sender = await open()
    const depositing = depositTokens(sender, escrow, cogs(40n))
    await until('it waits', async () => (await waiting()).length === 1)
    const nonce = Number((await waiting())[0]?.nonce)
    await chain.control('anvil_dropAllTransactions')
    await chain.client.sendTransaction({
      to: chain.client.address,
      nonce,
      maxFeePerGas: 90n * GWEI,
      maxPriorityFeePerGas: GWEI,
    })
    await chain.mine(1)
    await expect(depositing).rejects.toMatchObject({
      kind: 'wrong-state',
      message: expect.stringContaining('took the place of the deposit of 40 cogs'),
    })
    expect(await sender.journal.list()).toEqual([])
  })

  test('that a reorganisation takes out is sent again, and deep in the end', async () => {
    const before = await deposited()
    const told: string[] = []
    using sender = await open({ confirmations: 3, tell: (note) => told.push(note) })
    const snapshot = await chain.control('evm_snapshot')
    const depositing = depositTokens(sender, escrow, cogs(40n))
    await until('it is in a block', () => told.some((note) => note.includes('1 of 3 confirmations')))
    expect(await chain.control('evm_revert', snapshot)).toBe(true)
    await until('it is in a block again', async () => (await deposited()) - before === 40n)
    await chain.mine(2)
    await depositing
    expect((await deposited()) - before).toBe(40n)
  })
})

describe('a note of a transaction that is damaged', () => {
  beforeEach(approveAll)

  test.each([
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
    ['nothing of it', () => ''],
    ['a list in its place', () => '[]'],
    ['a wish that is gone', (text: string) => text.replace('"intent"', '"inteht"')],
    ['a signed transaction with another byte', (text: string) => text.replace(/("raw": "0x02f8)../, '$1ff')],
  ])('is named, and nothing is sent beside it: %s', async (_name, damage) => {
    await chain.control('evm_setAutomine', false)
    {
      using sender = await open({ patience: { limitMs: 100 } })
      await expect(depositTokens(sender, escrow, cogs(40n))).rejects.toMatchObject({ kind: 'timed-out' })
    }
    const [name = ''] = await readdir(journalDir)
    const path = join(journalDir, name)
    await writeFile(path, damage(await readFile(path, 'utf8')))
    using again = await open()
    await expect(depositTokens(again, escrow, cogs(40n))).rejects.toMatchObject({
      kind: 'storage-failed',
      message: expect.stringContaining(`${path} cannot be read: `),
      hint: expect.stringContaining('remove the file'),
    })
    expect(await waiting()).toHaveLength(1)
  })
})

test('a chain without a base fee has the gas price paid, and a higher one where it hangs', async () => {
  await using berlin = await startEscrowChain(['--hardfork', 'berlin', '--gas-price', String(3n * GWEI)])
  const { mpe } = berlin.contracts
  const told: string[] = []
  using sender = await open({
    rpc: berlin.rpc,
    account: { variable: 'key', value: berlin.client.privateKey },
    patience: { raiseAfterMs: 50 },
    tell: (note) => told.push(note),
  })
  await depositTokens(sender, mpe, cogs(40n))
  await berlin.control('evm_setAutomine', false)
  const withdrawing = withdrawTokens(sender, mpe, cogs(15n))
  await until('its fee was raised', () => told.some((note) => note.includes('sent again')))
  const raws = (await sender.journal.list()).flatMap(({ attempts }) => attempts.map(({ raw }) => Transaction.from(raw)))
  expect(raws.map(({ type }) => type)).toEqual(raws.map(() => 0))
  expect(raws[0]?.gasPrice).toBe(3n * GWEI)
  expect(raws.at(-1)?.gasPrice).toBeGreaterThan(3n * GWEI)
  await berlin.mine(1)
  await berlin.control('evm_setAutomine', true)
  expect(await withdrawing).toMatchObject({ wasFound: false })
  expect((await readBalances(sender.provider, mpe, sender.account.address)).deposited).toBe(25n)
})

test('two commands of one account at once do both', async () => {
  await approveAll()
  const before = await deposited()
  using one = await open()
  using two = await open()
  await Promise.all([depositTokens(one, escrow, cogs(3n)), depositTokens(two, escrow, cogs(4n))])
  expect((await deposited()) - before).toBe(7n)
})

test('gas that costs more than the limit sends nothing', async () => {
  using sender = await open({ maxFee: GWEI })
  await chain.control('anvil_setNextBlockBaseFeePerGas', '0x12a05f200')
  await chain.mine(1)
  await expect(withdrawTokens(sender, escrow, cogs(0n))).rejects.toMatchObject({
    kind: 'wrong-state',
    message: expect.stringMatching(/^gas costs \d+(\.\d+)? gwei now, more than --max-fee 1; nothing was sent$/),
  })
  await chain.control('anvil_setNextBlockBaseFeePerGas', '0x0')
  await chain.mine(1)
})

describe('a remote signer', () => {
  const through = (url: string, address?: string) => open({ account: { signer: url, address } })

  test.each([false, true])('signs in place of a key (bytes in an object: %s)', async (isWrapped) => {
    await using signer = await startStandInSigner(chain.client.privateKey, { isWrapped })
    using sender = await through(signer.url)
    expect(sender.account.address).toBe(chain.client.address)
    const before = await deposited()
    await depositTokens(sender, escrow, cogs(6n))
    expect((await deposited()) - before).toBe(6n)
    expect(signer.methods).toContain('eth_signTransaction')
  })

  test('that changes what it signs is found out before anything is sent', async () => {
    const thief = Wallet.createRandom().address
    await using signer = await startStandInSigner(chain.client.privateKey, { change: (tx) => ({ ...tx, to: thief }) })
    using sender = await through(signer.url)
    await expect(depositTokens(sender, escrow, cogs(6n))).rejects.toMatchObject({ kind: 'check-failed' })
    expect(await sender.journal.list()).toEqual([])
  })

  test('with several accounts has to be told which', async () => {
    const stranger = Wallet.createRandom().address
    await using signer = await startStandInSigner(chain.client.privateKey, { strangers: [stranger] })
    await expect(through(signer.url)).rejects.toMatchObject({
      kind: 'invalid-config',
      hint: expect.stringContaining(stranger),
    })
    using sender = await through(signer.url, chain.client.address)
    expect(sender.account.address).toBe(chain.client.address)
    await expect(through(signer.url, Wallet.createRandom().address)).rejects.toMatchObject({ kind: 'invalid-config' })
  })
})
