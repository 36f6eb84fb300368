import { Contract, Wallet } from 'ethers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { escrowInterface } from '../../src/ethereum/interfaces/index.js'
import { type Network } from '../../src/sandbox/index.js'
import type { ChannelId } from '../../src/shared/units.js'
import type { Answer, RawClient } from '../support/echo-service.js'
import { asLines, callByHand, connectByHand, framed, type HeaderLines } from '../support/by-hand.js'
import { startGate } from '../support/gates.js'
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
let expiring: ChannelId

beforeAll(async () => {
  network = await openTestNetwork()
  client = clientOf(network)
  const block = BigInt(await network.provider.getBlockNumber())
  expiring = await network.openChannel({ expiration: block + 50n })
}, 60_000)
afterAll(async () => {
  client?.[Symbol.dispose]()
  await network?.[Symbol.asyncDispose]()
})

type Headers = Record<string, string | Uint8Array>

const headers = (changes: Partial<SignedCall> = {}): Headers =>
  paymentHeaders(network, { channel: network.channel, amount: 10n, ...changes })

const call = (payment: Headers): Promise<Answer> => client.call(ADD, [TWO_AND_THREE], { metadata: asMetadata(payment) })

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

describe('at debug level', () => {
  const SIGNATURE = 'snet-payment-channel-signature-bin'
  const STATE = '/escrow.PaymentChannelStateService/GetChannelState'

  /** Every way in which these bytes may be written down. */
  const spellings = (secret: Uint8Array): string[] => {
    const bytes = Buffer.from(secret)
    return [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('hex'), bytes.join(','), bytes.join(' ')]
  }

  test.each(['text', 'json'])(
    'neither log (%s) nor answers tell a signature, a token or a password, nor send a terminal anything',
    async (format) => {
      const channel = await network.openChannel()
      const { port } = new URL(network.rpc)
      await using gate = await startGate(network, `loud-${format}`, {
        log: { level: 'debug', formatter: { type: format } },
        ethereum_json_rpc_http_endpoint: `http://canary-user:canary-password@127.0.0.1:${port}/?key=canary-key`,
        service_endpoint: `http://canary-user:canary-password@127.0.0.1:${network.calculator.port}`,
      })
      const session = await connectByHand(gate.endpoint)
      const payment = headers({ channel })
      const signature = payment[SIGNATURE] as Uint8Array
      const lines = asLines(payment)
      const text = lines[SIGNATURE] as string
      const calls: [path: string, headers: HeaderLines][] = [
        [ADD, { ...lines, 'snet-payment-type': 'gold\u009b31m' }],
        [ADD, { ...lines, [SIGNATURE]: [text, text] }],
        [ADD, { ...lines, [SIGNATURE]: `${text},${text}` }],
        [ADD, { ...lines, [SIGNATURE]: `${text}*` }],
        [ADD, { ...lines, 'snet-payment-channel-nonce': '7' }],
        [ADD, { ...lines, 'snet-payment-channel-amount': '11' }],
        [ADD, { ...lines, 'snet-payment-channel-id': '999' }],
        [ADD, { ...lines, 'grpc-timeout': 'soon' }],
        [`${ADD}?x`, lines],
        ['/example_service.Calculator/nothing', lines],
        [ADD, { ...lines, 'snet-prepaid-auth-token-bin': text, 'snet-free-call-auth-token-bin': text }],
        [ADD, lines],
        [STATE, lines],
      ]
      const answers: unknown[] = []
      for (const [path, headers] of calls)
        answers.push((await callByHand(session, { path, headers, body: framed(TWO_AND_THREE) })).trailers)
      session.destroy()
      expect(answers.map((answer) => (answer as Record<string, unknown>)['grpc-status'])).toContain('0')
      await gate[Symbol.asyncDispose]()
      const told = [...gate.child.lines, ...answers.map((answer) => JSON.stringify(answer))].join('\n')
      expect(told).toMatch(/call refused/)
      for (const secret of [...spellings(signature), 'canary']) expect(told).not.toContain(secret)
      expect(gate.child.lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([])
      expect(gate.child.lines.join('\n')).toContain('gold\\u009b31m')
    },
  )
})
