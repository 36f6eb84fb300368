import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { makeGenericClientConstructor } from '@grpc/grpc-js'
import { Wallet } from 'ethers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { loadCalculatorService } from '../../src/shared/wire/index.js'
import { toAddress } from '../../src/ethereum/index.js'
import { giveEther, mint } from '../../src/sandbox/contracts.js'
import type { Network } from '../../src/sandbox/index.js'
import { findChannels } from '../../src/wallet/index.js'
import { groupIdFromBase64 } from '../../src/shared/units.js'
import { openTestNetwork } from '../support/network.js'

const require = createRequire(import.meta.url)
const sdkRequire = createRequire(require.resolve('snet-sdk'))

/** Of the SDK's web3, which asks each second which blocks follow a transaction, and fails where nobody hears it once the node is gone. */
const intervals = vi.spyOn(globalThis, 'setInterval')
let network: Network
beforeAll(async () => {
  // No block is ever asked for between calls: what the chain says counts because payments ask.
  network = await openTestNetwork({ config: { chain_poll_interval: '1h', chain_stale_limit: '2h' } })
  // The SDK knows the public chains only; a private one is added to its loaded tables, its code stays as it is.
  const { contracts, chainId } = network
  const add = (table: string, entry: object) => ((sdkRequire(table) as Record<number, object>)[chainId] = entry)
  add('singularitynet-platform-contracts/networks/Registry.json', { address: contracts.registry })
  add('singularitynet-platform-contracts/networks/MultiPartyEscrow.json', {
    address: contracts.mpe,
    transactionHash: contracts.mpeTransaction,
  })
  add('singularitynet-token-contracts/networks/SingularityNetToken.json', { address: contracts.token })
}, 60_000)
afterAll(async () => {
  for (const { value } of intervals.mock.results) clearInterval(value as NodeJS.Timeout)
  // What was asked before this is answered.
  await network?.provider.getBlockNumber()
  await network?.[Symbol.asyncDispose]()
})

interface Client {
  service: Record<string, (request: object, answer: (error: Error | null, reply?: { value: number }) => void) => void>
}

/** As the SDK is when nothing is said. */
const DEFAULT = { concurrency: undefined }

/** Pays per call unless the options say otherwise; in calls that are paid ahead, so many at once. */
async function createClient(key: string, options: object = {}, atOnce = 1): Promise<Client> {
  const { default: Sdk } = require('snet-sdk') as {
    default: new (config: object) => { createServiceClient(...args: unknown[]): Promise<Client> }
  }
  const sdk = new Sdk({
    web3Provider: network.rpc,
    privateKey: key,
    signerPrivateKey: key,
    networkId: String(network.chainId),
    ipfsEndpoint: network.metadata.url,
    defaultGasPrice: '4700000',
    defaultGasLimit: '500000',
  })
  const stub = makeGenericClientConstructor(loadCalculatorService().service, 'Calculator')
  return await sdk.createServiceClient(
    network.names.organization,
    network.names.service,
    stub,
    network.names.group,
    null,
    { concurrency: false, ...options },
    atOnce,
  )
}

const call = (client: Client, method: string, request: object): Promise<number | undefined> =>
  new Promise((done, fail) =>
    client.service[method]?.(request, (error, reply) => (error ? fail(error) : done(reply?.value))),
  )

test('the official SDK finds the service, pays and gets its answers', { timeout: 60_000 }, async () => {
  const client = await createClient(network.client.key)
  expect(await call(client, 'add', { a: 2, b: 3 })).toBe(5)
  expect(await call(client, 'mul', { a: 6, b: 7 })).toBe(42)
  expect(await call(client, 'sub', { a: 6, b: 7 })).toBe(-1)
  expect(network.calculator.calls).toBe(3)
})

test(
  'a service error reaches the SDK, and the next call is paid with the same amount',
  { timeout: 60_000 },
  async () => {
    const client = await createClient(network.client.key)
    await expect(call(client, 'div', { a: 1, b: 0 })).rejects.toThrow('1 and 0 have no such result')
    expect(await call(client, 'div', { a: 1, b: 2 })).toBe(0.5)
  },
)

test(
  'a channel that the SDK opens, and tops up by one price before a call, pays for that call',
  { timeout: 60_000 },
  async () => {
    const { provider, contracts, owner, group, priceInCogs } = network
    const key = `0x${randomBytes(32).toString('hex')}`
    const sender = toAddress(new Wallet(key).address)
    await giveEther(provider, sender)
    await mint(new Wallet(owner.key, provider), contracts.token, sender, 1_000n)
    const client = await createClient(key)
    const channels = async () =>
      await findChannels(provider, {
        mpe: contracts.mpe,
        sender,
        recipient: owner.address,
        groupId: groupIdFromBase64(group.idText),
      })
    const values: bigint[] = []
    for (let calls = 1; calls <= 4; calls++) {
      expect(await call(client, 'add', { a: calls, b: 1 })).toBe(calls + 1)
      const [channel, ...others] = await channels()
      expect(others).toEqual([])
      values.push(channel?.value ?? 0n)
    }
    // It tops a channel up that it has just opened too, and is one price ahead from then on until the second call.
    expect(values.map((value) => value / BigInt(priceInCogs))).toEqual([2n, 2n, 3n, 4n])
  },
)

test(
  'what it asks of free calls, in its older form, is refused in order, and it pays instead',
  { timeout: 60_000 },
  async () => {
    const block = await network.provider.getBlockNumber()
    const token = { tokenToMakeFreeCall: `0x${'a1'.repeat(65)}`, tokenExpiryDateBlock: block + 10_000 }
    const client = await createClient(network.client.key, { email: 'user@example.com', ...token })
    const paid = network.calculator.calls
    expect(await call(client, 'add', { a: 20, b: 3 })).toBe(23)
    expect(await call(client, 'add', { a: 1, b: 3 })).toBe(4)
    expect(network.calculator.calls).toBe(paid + 2)
    expect(network.daemon.process.exitCode).toBeNull()
  },
)

test(
  'with its default strategy the SDK pays ahead, on a channel that was paid per call before',
  { timeout: 60_000 },
  async () => {
    const client = await createClient(network.client.key, DEFAULT)
    expect(await call(client, 'add', { a: 2, b: 3 })).toBe(5)
    // It asks for a new token with each new client only.
    await expect(call(client, 'add', { a: 2, b: 3 })).rejects.toThrow('Usage Exceeded on channel Id 0')
    const next = await createClient(network.client.key, DEFAULT)
    expect(await call(next, 'mul', { a: 6, b: 7 })).toBe(42)
  },
)

test(
  'nine calls of the SDK at once are served for the plan that one before them made',
  { timeout: 60_000 },
  async () => {
    const before = network.calculator.calls
    const client = await createClient(network.client.key, DEFAULT, 10)
    // All ten at once would be no test of ours: the SDK asks for the old plan first, and a call that comes then uses its token.
    const first = await call(client, 'add', { a: 0, b: 1 })
    const others = await Promise.all(Array.from({ length: 9 }, (_none, i) => call(client, 'add', { a: i + 1, b: 1 })))
    expect([first, ...others]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(network.calculator.calls - before).toBe(10)
    await expect(call(client, 'add', { a: 1, b: 1 })).rejects.toThrow('Usage Exceeded')
  },
)
