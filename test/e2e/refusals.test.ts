import { Contract, Wallet } from 'ethers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { escrowInterface } from '../../src/ethereum/index.js'
import { type Network } from '../../src/sandbox/index.js'
import { type ChannelId, groupIdFromBytes } from '../../src/shared/units.js'
import type { Answer, RawClient } from '../support/echo-service.js'
import { openTestNetwork } from '../support/network.js'
import {
  ADD,
  asMetadata,
  askState,
  clientOf,
  openStream,
  paymentHeaders,
  type SignedCall,
  TWO_AND_THREE,
} from '../support/payer.js'

let network: Network
let client: RawClient
/** Channels for single cases: about to expire, to another group, to another recipient. */
let expiring: ChannelId
let otherGroup: ChannelId
let otherRecipient: ChannelId

beforeAll(async () => {
  network = await openTestNetwork()
  client = clientOf(network)
  const block = BigInt(await network.provider.getBlockNumber())
  expiring = await network.openChannel({ expiration: block + 50n })
  otherGroup = await network.openChannel({ groupId: groupIdFromBytes(new Uint8Array(32).fill(7)) })
  otherRecipient = await network.openChannel({ recipient: network.client.address })
}, 60_000)
afterAll(async () => {
  client?.[Symbol.dispose]()
  await network?.[Symbol.asyncDispose]()
})

type Headers = Record<string, string | Uint8Array>

const headers = (changes: Partial<SignedCall> = {}): Headers =>
  paymentHeaders(network, { channel: network.channel, amount: 10n, ...changes })

const call = (payment: Headers): Promise<Answer> => client.call(ADD, [TWO_AND_THREE], { metadata: asMetadata(payment) })

const without = (name: string) => {
  const { [name]: _, ...rest } = headers()
  return rest
}

describe('a payment is refused with the code and text that clients know, and the service never called', () => {
  const cases: [name: string, payment: () => Headers, code: number, text: string | RegExp][] = [
    ['no channel id', () => without('snet-payment-channel-id'), 3, 'missing "snet-payment-channel-id"'],
    ['no nonce', () => without('snet-payment-channel-nonce'), 3, 'missing "snet-payment-channel-nonce"'],
    ['no amount', () => without('snet-payment-channel-amount'), 3, 'missing "snet-payment-channel-amount"'],
    [
      'no signature',
      () => without('snet-payment-channel-signature-bin'),
      3,
      'missing "snet-payment-channel-signature-bin"',
    ],
    [
      'unknown type',
      () => ({ ...headers(), 'snet-payment-type': 'gold' }),
      3,
      'unexpected "snet-payment-type", value: "gold"',
    ],
    [
      'amount that is no number',
      () => ({ ...headers(), 'snet-payment-channel-amount': 'ten' }),
      3,
      'incorrect format "snet-payment-channel-amount": "ten"',
    ],
    ['unknown channel', () => headers({ channel: 999n }), 16, 'payment channel "{ID: 999}" not found'],
    ['wrong nonce', () => headers({ nonce: 1n }), 1000, 'incorrect payment channel nonce, latest: 0, sent: 1'],
    [
      'signature too short',
      () => ({ ...headers(), 'snet-payment-channel-signature-bin': Buffer.alloc(64) }),
      16,
      'payment signature is not valid',
    ],
    [
      'signature of somebody else',
      () => headers({ key: network.owner.key }),
      16,
      'payment is not signed by channel signer/sender',
    ],
    [
      'signature over another amount',
      () => headers({ signedAmount: 11n }),
      16,
      'payment is not signed by channel signer/sender',
    ],
    ['amount below the price', () => headers({ amount: 9n }), 16, 'income 9 does not equal to price 10'],
    ['amount above the price', () => headers({ amount: 11n }), 16, 'income 11 does not equal to price 10'],
    ['amount of nothing', () => headers({ amount: 0n }), 16, 'income 0 does not equal to price 10'],
    [
      'more than the channel holds',
      () => headers({ amount: 10_001n }),
      16,
      'not enough tokens on payment channel, channel amount: 10000, payment amount: 10001',
    ],
    [
      'channel about to expire',
      () => headers({ channel: expiring }),
      16,
      /^payment channel is near to be expired, expiration time: \d+, current block: \d+, expiration threshold: 100$/,
    ],
    [
      'channel of another group',
      () => headers({ channel: otherGroup }),
      13,
      /^payment channel error: channel received belongs to another group of replicas, current group: \[/,
    ],
    [
      'channel to another recipient',
      () => headers({ channel: otherRecipient }),
      13,
      'payment channel error: recipient Address from org metadata does not Match on what was retrieved from Channel',
    ],
  ]

  test.each(cases)('%s', async (_name, payment, code, text) => {
    const before = network.calculator.calls
    const answer = await call(payment())
    expect(answer.code).toBe(code)
    if (typeof text === 'string') expect(answer.details).toBe(text)
    else expect(answer.details).toMatch(text)
    expect(answer.messages).toEqual([])
    expect(network.calculator.calls).toBe(before)
  })

  test('and the channel is free for the right payment afterwards', async () => {
    expect(await call(headers())).toMatchObject({ code: 0 })
    expect(await call(headers())).toMatchObject({ code: 16, details: 'income 0 does not equal to price 10' })
    expect(await call(headers({ amount: 20n }))).toMatchObject({ code: 0 })
  })
})

describe('two calls at once on one channel', () => {
  test('while one is under way, another is told so, whatever it pays; then the channel is free', async () => {
    const { nonce, amount } = await known()
    const stream = await openStream(client, headers({ nonce, amount: amount + 10n }))
    for (const more of [10n, 20n]) {
      expect(await call(headers({ nonce, amount: amount + more }))).toMatchObject({
        code: 9,
        details: expect.stringContaining('another transaction on channel') as string,
      })
    }
    expect(await stream.finish()).toBe(0)
    expect(await call(headers({ nonce, amount: amount + 20n }))).toMatchObject({ code: 0 })
  })

  test('one payment sent twenty times at once buys one call', async () => {
    const { nonce, amount } = await known()
    const before = network.calculator.calls
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(headers({ nonce, amount: amount + 10n }))))
    expect(answers.filter(({ code }) => code === 0)).toHaveLength(1)
    for (const { code, details } of answers.filter((answer) => answer.code !== 0)) {
      expect([9, 16]).toContain(code)
      expect(details).toMatch(/another transaction on channel|income 0 does not equal to price 10/)
    }
    expect(network.calculator.calls).toBe(before + 1)
    expect(await known()).toMatchObject({ nonce, amount: amount + 10n })
  })
})

describe('what happens on chain counts at once', () => {
  const contract = (account: { key: string }) =>
    new Contract(network.contracts.mpe, escrowInterface, new Wallet(account.key, network.provider))

  test('an extension', async () => {
    expect((await call(headers({ channel: expiring }))).details).toContain('near to be expired')
    const block = await network.provider.getBlockNumber()
    await (await contract(network.client).getFunction('channelExtend')(expiring, block + 10_000)).wait()
    expect((await call(headers({ channel: expiring }))).code).toBe(0)
  })

  test('added funds', async () => {
    const small = await network.openChannel({ value: 5n })
    expect((await call(headers({ channel: small }))).details).toContain(
      'not enough tokens on payment channel, channel amount: 5',
    )
    const escrow = contract(network.client)
    const token = new Contract(network.contracts.token, ['function approve(address,uint256)'], escrow.runner)
    await (await token.getFunction('approve')(network.contracts.mpe, 5n)).wait()
    await (await escrow.getFunction('deposit')(5n)).wait()
    await (await escrow.getFunction('channelAddFunds')(small, 5n)).wait()
    expect((await call(headers({ channel: small }))).code).toBe(0)
  })

  test('a claim: the old nonce is over, and the new one begins at nothing', async () => {
    const { amount, signature = new Uint8Array() } = await known()
    const [r, s, v] = [signature.subarray(0, 32), signature.subarray(32, 64), signature[64]]
    await (
      await contract(network.owner).getFunction('channelClaim')(network.channel, amount, amount, v, r, s, false)
    ).wait()
    expect(await call(headers({ nonce: 1n }))).toMatchObject({ code: 0 })
    expect(await call(headers({ amount: amount + 10n }))).toMatchObject({
      code: 1000,
      details: 'incorrect payment channel nonce, latest: 1, sent: 0',
    })
  })
})

const known = () => askState(network, client, network.channel)
