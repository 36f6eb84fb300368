import { Metadata } from '@grpc/grpc-js'
import { Contract, NonceManager, Wallet } from 'ethers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channelStateMessage, escrowInterface, paymentMessage, signMessage } from '../../src/ethereum/index.js'
import { type Network } from '../../src/sandbox/index.js'
import {
  channelId,
  type ChannelId,
  channelNonce,
  cogs,
  groupIdFromBase64,
  groupIdFromBytes,
} from '../../src/shared/units.js'
import { loadStateService } from '../../src/shared/wire/index.js'
import { openChannel } from '../../src/wallet/index.js'
import { type Answer, RawClient } from '../support/echo-service.js'
import { openTestNetwork } from '../support/network.js'

const ADD = '/example_service.Calculator/add'
/** Numbers { a: 2, b: 3 } */
const REQUEST = Buffer.from('09000000000000004011' + '0000000000000840', 'hex')

let network: Network
let client: RawClient
let signer: NonceManager
/** Channels for single cases: about to expire, to another group, to another recipient. */
let expiring: ChannelId
let otherGroup: ChannelId
let otherRecipient: ChannelId

beforeAll(async () => {
  network = await openTestNetwork()
  const [host, port] = network.endpoint.split(':') as [string, string]
  client = new RawClient({ host, port: Number(port) })
  signer = new NonceManager(new Wallet(network.client.key, network.provider))
  const block = BigInt(await network.provider.getBlockNumber())
  const ours = {
    recipient: network.owner.address,
    groupId: groupIdFromBase64(network.group.idText),
    expiration: block + 100_000n,
  }
  const open = (changes: Partial<typeof ours>) =>
    openChannel(signer, network.contracts.token, {
      mpe: network.contracts.mpe,
      signer: network.client.address,
      value: 100n,
      ...ours,
      ...changes,
    })
  expiring = await open({ expiration: block + 50n })
  otherGroup = await open({ groupId: groupIdFromBytes(new Uint8Array(32).fill(7)) })
  otherRecipient = await open({ recipient: network.client.address })
}, 60_000)
afterAll(async () => {
  client?.[Symbol.dispose]()
  await network?.[Symbol.asyncDispose]()
})

interface Payment {
  channel?: bigint
  nonce?: bigint
  amount?: bigint
  key?: string
  signedAmount?: bigint
}

function headers({
  channel = network.channel,
  nonce = 0n,
  amount = 10n,
  key = network.client.key,
  signedAmount = amount,
}: Payment = {}): Record<string, string | Buffer> {
  const message = paymentMessage(network.contracts.mpe, {
    channel: channelId(channel),
    nonce: channelNonce(nonce),
    amount: cogs(signedAmount),
  })
  return {
    'snet-payment-type': 'escrow',
    'snet-payment-channel-id': String(channel),
    'snet-payment-channel-nonce': String(nonce),
    'snet-payment-channel-amount': String(amount),
    'snet-payment-channel-signature-bin': Buffer.from(signMessage(Buffer.from(key.slice(2), 'hex'), message)),
  }
}

function asMetadata(payment: Record<string, string | Buffer>): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(payment)) metadata.set(name, value)
  return metadata
}

const call = (payment: Record<string, string | Buffer>): Promise<Answer> =>
  client.call(ADD, [REQUEST], { metadata: asMetadata(payment) })

const without = (name: string) => {
  const { [name]: _, ...rest } = headers()
  return rest
}

describe('a payment is refused with the code and text that clients know, and the service never called', () => {
  const cases: [name: string, payment: () => Record<string, string | Buffer>, code: number, text: string | RegExp][] = [
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
    const open = client.client.makeBidiStreamRequest(
      '/example_service.Calculator/running_sum',
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
      asMetadata(headers({ nonce, amount: amount + 10n })),
    )
    const ended = new Promise((done) => open.once('status', done))
    open.write(Buffer.from('09000000000000f03f', 'hex'))
    await new Promise((done) => open.once('data', done))
    for (const more of [10n, 20n]) {
      expect(await call(headers({ nonce, amount: amount + more }))).toMatchObject({
        code: 9,
        details: expect.stringContaining('another transaction on channel') as string,
      })
    }
    open.end()
    expect(await ended).toMatchObject({ code: 0 })
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
    expect(await known()).toEqual({ nonce, amount: amount + 10n })
  })
})

describe('what happens on chain counts at once', () => {
  const mpe = () => new Contract(network.contracts.mpe, escrowInterface, signer)

  test('an extension', async () => {
    expect((await call(headers({ channel: expiring }))).details).toContain('near to be expired')
    const block = await network.provider.getBlockNumber()
    await (await mpe().getFunction('channelExtend')(expiring, block + 10_000)).wait()
    expect((await call(headers({ channel: expiring }))).code).toBe(0)
  })

  test('added funds', async () => {
    const { channel, contracts, owner, group } = network
    const small = await openChannel(signer, contracts.token, {
      mpe: contracts.mpe,
      signer: network.client.address,
      recipient: owner.address,
      groupId: groupIdFromBase64(group.idText),
      value: 5n,
      expiration: 1_000_000n,
    })
    expect(small).not.toBe(channel)
    expect((await call(headers({ channel: small }))).details).toContain(
      'not enough tokens on payment channel, channel amount: 5',
    )
    const escrow = mpe()
    const token = new Contract(contracts.token, ['function approve(address,uint256) returns (bool)'], signer)
    await (await token.getFunction('approve')(contracts.mpe, 5n)).wait()
    await (await escrow.getFunction('deposit')(5n)).wait()
    await (await escrow.getFunction('channelAddFunds')(small, 5n)).wait()
    expect((await call(headers({ channel: small }))).code).toBe(0)
  })

  test('a claim: the old nonce is over, and the new one begins at nothing', async () => {
    const signature = Buffer.from((await channelState()).current_signature as Uint8Array)
    const { amount } = await known()
    const provider = new Contract(
      network.contracts.mpe,
      escrowInterface,
      new Wallet(network.owner.key, network.provider),
    )
    const [r, s, v] = [signature.subarray(0, 32), signature.subarray(32, 64), signature[64]]
    await (await provider.getFunction('channelClaim')(network.channel, amount, amount, v, r, s, false)).wait()
    expect(await call(headers({ nonce: 1n }))).toMatchObject({ code: 0 })
    expect(await call(headers({ amount: amount + 10n }))).toMatchObject({
      code: 1000,
      details: 'incorrect payment channel nonce, latest: 1, sent: 0',
    })
  })
})

async function known(): Promise<{ nonce: bigint; amount: bigint }> {
  const { current_nonce: nonce, current_signed_amount: amount } = await channelState()
  const number = (bytes: Uint8Array | undefined): bigint => BigInt(`0x${Buffer.from(bytes ?? [0]).toString('hex')}`)
  return { nonce: number(nonce), amount: number(amount) }
}

async function channelState() {
  const block = BigInt(await network.provider.getBlockNumber())
  const key = Buffer.from(network.client.key.slice(2), 'hex')
  const message = channelStateMessage(network.contracts.mpe, network.channel, block)
  const { GetChannelState } = loadStateService().service
  const answer = await client.call('/escrow.PaymentChannelStateService/GetChannelState', [
    GetChannelState?.requestSerialize({
      channel_id: Buffer.from([0]),
      signature: signMessage(key, message),
      current_block: String(block),
    }) as Buffer,
  ])
  expect(answer.code).toBe(0)
  return GetChannelState?.responseDeserialize(answer.messages[0] as Buffer) as Record<string, Uint8Array>
}
