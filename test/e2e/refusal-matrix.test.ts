import type { ClientHttp2Session } from 'node:http2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import {
  GATES,
  type GateName,
  payment,
  PRICE,
  type Refusal,
  refusals,
  REQUEST,
  type Scene,
  TOKEN_SECRET,
} from '../fixtures/refusals/index.js'
import { callByHand, connectByHand, framed, type HeaderLines, type Outcome } from '../support/by-hand.js'
import { type EchoService, startEchoService } from '../support/echo-service.js'
import { type Gate, startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { ADD, askState, clientOf } from '../support/payer.js'
import { openSetting, type Setting, startGates } from '../support/refusal-scene.js'

let network: Network
let setting: Setting
let busyCall: { finish(): Promise<number> }
let gates: Record<GateName, Gate>
const sessions = {} as Record<GateName, ClientHttp2Session>
/** What was paid on the main channel at the plain gate; what other gates know of it matters to no row. */
let authorized = 0n
const life = new Lifecycle()

beforeAll(async () => {
  network = await life.own(
    'network',
    openTestNetwork({ config: { token_secret_key: TOKEN_SECRET, service_timeout: '10m' } }),
  )
  const opened = await openSetting(network)
  setting = opened
  busyCall = opened.busyCall
  gates = await startGates(network, life)
  for (const name of GATES) sessions[name] = await connectByHand(gates[name].endpoint)
  // The one call that this gate lets in.
  const headers = payment(await sceneAt('limited'))
  expect((await callByHand(sessions.limited, { ...REQUEST, headers })).code).toBe(0)
})
afterAll(async () => {
  for (const session of Object.values(sessions)) session.destroy()
  await life[Symbol.asyncDispose]()
})

const sceneAt = async (gate: GateName): Promise<Scene> => ({
  ...setting,
  authorized: gate === 'plain' ? authorized : 0n,
  block: BigInt(await network.provider.getBlockNumber()),
})

const pay = async (headers: HeaderLines = {}): Promise<Outcome> => {
  const scene = await sceneAt('plain')
  const outcome = await callByHand(sessions.plain, { ...REQUEST, headers: { ...payment(scene), ...headers } })
  if (outcome.code === 0) authorized += PRICE
  return outcome
}

/** The busy channel's call is the only one that may hold anything. */
const heldAt = async (gate: GateName): Promise<number | undefined> =>
  (await gates[gate].status()).gate?.payments_in_flight
const HELD = { plain: 1, limited: 0, restricted: 0, priced: 0, unreachable: 0, echo: 0 }

async function refused(row: Refusal): Promise<void> {
  const gate = row.gate ?? 'plain'
  const scene = await sceneAt(gate)
  const outcome = await callByHand(sessions[gate], { ...REQUEST, ...row, headers: row.headers(scene) })
  expect({ code: outcome.code, text: outcome.text }).toEqual({
    code: row.code,
    text: typeof row.text === 'string' ? row.text : row.text(scene),
  })
  expect(outcome.httpStatus).toBe(200)
  if (!row.reachesService) expect(outcome.body).toHaveLength(0)
  expect(await heldAt(gate)).toBe(HELD[gate])
}

describe('a refusal has the code and text that clients know, the service sees nothing, and nothing stays held', () => {
  test('the rows have names of their own', () => {
    expect(new Set(refusals.map(({ name }) => name)).size).toBe(refusals.length)
  })

  test.each(refusals.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    expect((await pay()).code).toBe(0)
    const before = network.calculator.calls
    // Twice: a channel that the first one left held would answer the second one otherwise.
    await refused(row)
    await refused(row)
    if (!row.reachesService) expect(network.calculator.calls).toBe(before)
    expect((await pay()).code).toBe(0)
  })

  test('in the end the call on the busy channel is served, and so is the next one on it', async () => {
    expect(await busyCall.finish()).toBe(0)
    const scene = await sceneAt('plain')
    const headers = payment(scene, { channel: setting.busy, amount: 2n * PRICE })
    expect((await callByHand(sessions.plain, { ...REQUEST, headers })).code).toBe(0)
    expect(await heldAt('plain')).toBe(0)
  })

  test('and the daemon knows exactly what was paid', async () => {
    using client = clientOf(network)
    expect((await askState(network, client, setting.main)).amount).toBe(authorized)
  })
})

describe('what looks odd and is right passes', () => {
  const forms: [name: string, text: (value: bigint) => string][] = [
    ['hexadecimal', (value) => `0x${value.toString(16)}`],
    ['hexadecimal in capitals', (value) => `0X${value.toString(16).toUpperCase()}`],
    ['binary', (value) => `0b${value.toString(2)}`],
    ['octal', (value) => `0o${value.toString(8)}`],
    ['octal by a leading zero', (value) => `0${value.toString(8)}`],
    ['underscores', (value) => String(value).replace(/(?<=\d)(?=\d)/g, '_')],
    ['an underscore behind the prefix', (value) => `0x_${value.toString(16)}`],
    ['a plus sign', (value) => `+${value}`],
  ]
  test.each(forms)('an amount in Go’s integer form: %s', async (_name, text) => {
    expect(await pay({ 'snet-payment-channel-amount': text(authorized + PRICE) })).toMatchObject({ code: 0 })
  })

  test.each(['0x0', '00', '+0', '-0', '0b0'])('a channel id and a nonce of "%s"', async (zero) => {
    expect(await pay({ 'snet-payment-channel-id': zero, 'snet-payment-channel-nonce': zero })).toMatchObject({
      code: 0,
    })
  })

  test.each([['train-call'], [['escrow', 'gold']]])('the payment type %s', async (type) => {
    expect(await pay({ 'snet-payment-type': type })).toMatchObject({ code: 0 })
  })

  test('a signature without base64 padding', async () => {
    const signature = payment(await sceneAt('plain'))['snet-payment-channel-signature-bin'] as string
    expect(await pay({ 'snet-payment-channel-signature-bin': signature.replace(/=+$/, '') })).toMatchObject({ code: 0 })
  })

  test.each(['application/grpc', 'application/grpc+proto', 'application/grpc+thrift'])(
    'an own service takes %s for protobuf',
    async (type) => {
      const asked = await callByHand(sessions.plain, {
        path: '/escrow.PaymentChannelStateService/GetChannelState',
        headers: { 'content-type': type },
        body: framed(new Uint8Array()),
      })
      // An empty request was read, and its missing signature found.
      expect(asked.text).toBe('incorrect signature')
    },
  )
})

describe('an error of the service', () => {
  let service: EchoService
  let gate: Gate
  let session: ClientHttp2Session
  beforeAll(async () => {
    service = await life.own('failing service', startEchoService(ADD))
    gate = await life.own('gate', startGate(network, 'failing', { service_endpoint: service.url.href }))
    session = await connectByHand(gate.endpoint)
  })
  afterAll(() => session?.destroy())

  const ask = async (word: string): Promise<Outcome> => {
    const headers = payment({ ...(await sceneAt('plain')), authorized: 0n })
    return await callByHand(session, { path: ADD, headers, body: framed(Buffer.from(word)) })
  }

  test.each(['fail', 'fail at once'])(
    'passes unchanged with details and trailers, and costs nothing: %s',
    async (word) => {
      expect(await ask(word)).toMatchObject({
        code: 15,
        text: 'lost: 100 % ✓',
        trailers: {
          'grpc-status-details-bin': Buffer.from('details').toString('base64'),
          'x-trailer': 'end',
        },
      })
      expect((await gate.status()).gate).toMatchObject({ payments_in_flight: 0, payments_kept: '0' })
    },
  )

  test('so the same signed amount buys the next call', async () => {
    expect(await ask('hello')).toMatchObject({ code: 0, body: framed(Buffer.from('hello')) })
  })
})
