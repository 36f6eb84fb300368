import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { packageRoot } from '../../src/shared/package.js'
import { type Cogs } from '../../src/shared/units.js'
import { collectClaims, openCollector, openSender, planClaims, readBalances } from '../../src/wallet/index.js'
import { type Faults, type FlakyNode, startFlakyNode } from '../support/flaky-node.js'
import { openTestNetwork } from '../support/network.js'
import { ADD, asMetadata, askState, clientOf, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { until } from '../support/until.js'

let network: Network
let node: FlakyNode
beforeAll(async () => {
  network = await openTestNetwork()
  node = await startFlakyNode(network.rpc)
}, 60_000)
afterAll(async () => {
  await node?.[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
})

const stateDir = (): string => join(network.directory, 'state')
const journalDir = (): string => join(stateDir(), 'transactions')

/** The command, which the tests cut off. */
const startClaiming = (...more: string[]): ChildProcess => {
  const key = ['--key-file', join(network.directory, 'provider.key'), '--state-dir', stateDir()]
  const claim = [
    'claim',
    String(network.channel),
    '--yes',
    '--rpc',
    node.url,
    '-c',
    network.configFile,
    ...key,
    ...more,
  ]
  return spawn(process.execPath, [join(packageRoot, 'bin/run.js'), ...claim], { stdio: 'ignore' })
}

/** What the command does, to its end. */
async function claimAgain(): Promise<void> {
  const account = { variable: 'key', value: network.owner.key }
  using sender = await openSender({ rpc: node.url, account, journalDir: journalDir(), patience: { pollMs: 20 } })
  using collector = await openCollector(sender, { network: network.address, name: network.names, endpoint: undefined })
  const wanted = { channels: [network.channel], minAmount: 1n as Cogs, expiringWithin: undefined, sendback: false }
  const { leftOut } = await collectClaims(collector, (await planClaims(collector, wanted)).claims)
  expect(leftOut).toEqual([])
}

const price = (): bigint => BigInt(network.priceInCogs)
const deposited = async (): Promise<bigint> =>
  (await readBalances(network.provider, network.contracts.mpe, network.owner.address)).deposited
const noted = async (): Promise<string[]> => await readdir(journalDir()).catch(() => [])

interface Known {
  readonly nonce: bigint
  readonly amount: bigint
}

/** One call with the next amount, under what the daemon says or what is given; the code that it ends with, and the text. */
async function pay(known?: Known): Promise<Known & { readonly code: number; readonly details: string }> {
  using client = clientOf(network)
  const { nonce, amount } = known ?? (await askState(network, client, network.channel))
  const payment = { channel: network.channel, nonce, amount: amount + price() }
  const metadata = asMetadata(paymentHeaders(network, payment))
  const { code, details } = await client.call(ADD, [TWO_AND_THREE], { metadata })
  return { code, details, nonce, amount: payment.amount }
}

const never = (): Promise<never> => new Promise(() => undefined)

/** Where a claim is cut off, in order. */
const steps: readonly { readonly at: string; readonly faults: () => Partial<Faults>; readonly isCut: () => boolean }[] =
  [
    stuckAt('begun at the daemon, and nothing is signed', 'eth_estimateGas'),
    stuckAt('before it is noted', 'eth_getTransactionCount'),
    stuckAt('noted, and not sent', 'eth_sendRawTransaction'),
    unanswered('sent, and not answered', 'eth_sendRawTransaction'),
    unanswered('in a block, and not seen there', 'eth_getTransactionReceipt'),
    {
      at: 'seen in its block, and not told',
      // The note is removed before the balance is read, which is a call of the token's.
      faults: () => ({ lies: { eth_call: (_, truth) => (wasSeen() ? never() : truth) } }),
      isCut: () => wasSeen() && node.asked.at(-1) === 'eth_call',
    },
  ]

const wasSeen = (): boolean => node.asked.includes('eth_getTransactionReceipt')

function stuckAt(at: string, method: string) {
  return { at, faults: () => ({ stuckAt: [method] }), isCut: () => node.asked.includes(method) }
}

function unanswered(at: string, method: string) {
  let isCut = false
  const cut = (): Promise<never> => {
    isCut = true
    return never()
  }
  return { at, faults: () => ((isCut = false), { lies: { [method]: cut } }), isCut: () => isCut }
}

/** A claim that is killed at this step. */
async function interrupt({ at, faults, isCut }: (typeof steps)[number], ...args: string[]): Promise<void> {
  node.asked.length = 0
  node.behave(faults())
  const claiming = startClaiming(...args)
  await until(`the claim is ${at}`, isCut)
  claiming.kill('SIGKILL')
  await once(claiming, 'exit')
  node.behave()
}

async function killDaemon(): Promise<void> {
  network.daemon.process.kill('SIGKILL')
  await network.daemon.ended
  await network.startDaemon()
}

describe('a claim that is killed', () => {
  test.each(steps.map((step) => [step.at, step] as const))(
    'when it is %s, and its daemon with it, collects once with the next run, and the client goes on',
    async (_at, step) => {
      const paid = await pay()
      expect(paid.code).toBe(0)
      const before = await deposited()
      await interrupt(step)
      await killDaemon()
      await claimAgain()
      expect((await deposited()) - before).toBe(price())
      expect(await noted()).toEqual([])
      expect(await pay({ nonce: paid.nonce, amount: paid.amount })).toMatchObject({ code: 1000 })
      const next = await pay()
      expect(next).toMatchObject({ code: 0, nonce: paid.nonce + 1n, amount: price() })
      await claimAgain()
      expect((await deposited()) - before).toBe(2n * price())
    },
    120_000,
  )

  test.each(steps.slice(-3).map((step) => [step.at, step] as const))(
    'when it is %s, and taken back by a reorganisation, collects once with the next run',
    async (_at, step) => {
      const paid = await pay()
      expect(paid.code).toBe(0)
      const before = await deposited()
      const snapshot = (await network.provider.send('evm_snapshot', [])) as string
      await interrupt(step)
      expect((await deposited()) - before).toBe(paid.amount)
      expect(await network.provider.send('evm_revert', [snapshot])).toBe(true)
      await network.provider.send('anvil_mine', ['0x4'])
      expect(await deposited()).toBe(before)
      await claimAgain()
      expect((await deposited()) - before).toBe(paid.amount)
      expect(await noted()).toEqual([])
      expect(await pay()).toMatchObject({ code: 0, nonce: paid.nonce + 1n, amount: price() })
    },
    120_000,
  )

  test('sends back what it was begun to send back, and until then the old funds buy nothing', async () => {
    const paid = await pay()
    expect(paid.code).toBe(0)
    const before = await deposited()
    await interrupt(steps[2] as (typeof steps)[number], '--sendback')
    await killDaemon()
    const refused = { code: 16, details: expect.stringContaining('not enough tokens on payment channel') }
    expect(await pay({ nonce: paid.nonce, amount: paid.amount })).toMatchObject({ code: 1000 })
    expect(await pay()).toMatchObject({ ...refused, nonce: paid.nonce + 1n })
    // Without --sendback: what was begun counts.
    await claimAgain()
    expect((await deposited()) - before).toBe(paid.amount)
    expect(await network.readChannelValue()).toBe(0n)
    // The contract ends a channel when it sends the rest back.
    const expired = { code: 16, details: expect.stringContaining('payment channel is near to be expired') }
    expect(await pay()).toMatchObject({ ...expired, nonce: paid.nonce + 1n })
    expect(await pay({ nonce: paid.nonce, amount: paid.amount })).toMatchObject({ code: 1000 })
  }, 120_000)
})
