import { type sendUnaryData, Server, ServerCredentials, type ServerUnaryCall } from '@grpc/grpc-js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createProtoArchive } from '../../src/content/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { registerAnother } from '../support/another-service.js'
import { type CliResult, runCli } from '../support/cli.js'
import { type StartedGate, startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'

const SERVICE = 'ShopSvc'
const PROTOS = {
  'pricing.proto': `syntax = "proto3"; package pricing; import "google/protobuf/descriptor.proto";
    message EstimatePrice { string estimatePriceMethod = 1; } message PriceInCogs { uint64 price = 1; }
    extend google.protobuf.MethodOptions { EstimatePrice my_method_option = 50007; }`,
  'shop.proto': `syntax = "proto3"; package shop; import "pricing.proto"; message Order { uint32 items = 1; }
    service Shop {
      rpc buy(Order) returns (Order) { option (pricing.my_method_option).estimatePriceMethod = "/shop.Shop/price"; }
      rpc price(Order) returns (pricing.PriceInCogs);
    }`,
}
const ASKING = 2n
const PUBLISHED = 5n
const EACH = 7n

let network: Network
let gate: StartedGate
let server: Server
/** Of the service, in order. */
const asked: string[] = []
/** What its pricing method answers to an order of so many items. */
let answer: (items: number) => Buffer
const priceOf = (items: number): Buffer => Buffer.from([0x08, items * Number(EACH)])

/** Two methods of small orders, whose count is the second byte. */
async function startShop(): Promise<{ server: Server; port: number }> {
  const asIs = (bytes: Buffer): Buffer => bytes
  const codec = { requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs }
  const unary = { requestStream: false, responseStream: false, ...codec }
  const shop = new Server()
  const handle =
    (name: string, reply: (order: Buffer) => Buffer) =>
    ({ request }: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>): void => {
      asked.push(name)
      done(null, reply(request))
    }
  shop.addService(
    { buy: { path: '/shop.Shop/buy', ...unary }, price: { path: '/shop.Shop/price', ...unary } },
    { buy: handle('buy', asIs), price: handle('price', (order) => answer(order[1] ?? 0)) },
  )
  const port = await new Promise<number>((done, fail) =>
    shop.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (fault, bound) =>
      fault ? fail(fault) : done(bound),
    ),
  )
  return { server: shop, port }
}

const pricing = {
  price_model: 'fixed_price_per_method',
  default: true,
  details: [
    {
      service_name: 'Shop',
      method_pricing: [
        { method_name: 'buy', price_in_cogs: Number(PUBLISHED) },
        { method_name: 'price', price_in_cogs: Number(ASKING) },
      ],
    },
  ],
}

beforeAll(async () => {
  network = await openTestNetwork()
  const shop = await startShop()
  server = shop.server
  await registerAnother(network, SERVICE, async (published) => ({
    ...published,
    service_api_source: await network.metadata.publish(await createProtoArchive(PROTOS)),
    groups: published.groups.map((group) => ({ ...group, pricing: [{ ...pricing, package_name: 'shop' }] })),
  }))
  gate = await startGate(network, SERVICE, {
    service_id: SERVICE,
    service_endpoint: `http://127.0.0.1:${shop.port}`,
    enable_dynamic_pricing: true,
  })
}, 90_000)
afterAll(async () => {
  await gate?.[Symbol.asyncDispose]()
  server?.forceShutdown()
  await network?.[Symbol.asyncDispose]()
})
beforeEach(() => {
  asked.length = 0
  answer = priceOf
})

const buy = (...args: string[]): Promise<CliResult> =>
  runCli([
    ...['call', network.names.organization, SERVICE, 'buy', '-d', '{"items": 3}', '--endpoint', gate.endpoint],
    ...['-c', network.configFile, '--key-file', network.keyFile, ...args],
  ])

interface Told {
  readonly result?: unknown
  readonly payment: Record<string, string>
  readonly price_question: Record<string, string>
}

describe('a method whose price the service names', () => {
  test('is asked for its price and called at it, and both are told', async () => {
    const { code, stdout, stderr } = await buy('--max-price', String(ASKING + 3n * EACH), '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { result, payment, price_question } = JSON.parse(stdout) as Told
    expect(result).toEqual({ items: 3 })
    expect(price_question).toMatchObject({ method: '/shop.Shop/price', price: '2', amount: '2' })
    expect(payment).toMatchObject({ method: '/shop.Shop/buy', price: '21', amount_before: '2', amount: '23' })
    expect(asked.filter((name) => name === 'buy')).toHaveLength(1)
    const told = await buy('--max-price', '100')
    expect(told).toMatchObject({ code: 0, stdout: '{\n  "items": 3\n}\n' })
    expect(told.stderr).toContain('The service asks 21 cogs for this call (asked at /shop.Shop/price, for 2).')
    expect(told.stderr).toContain('Paid 21 cogs on channel 0, ')
  }, 60_000)

  test.each([
    ['without a bound', [], priceOf, 2, 'there is no --max-price', []],
    ['below the price of asking', ['--max-price', '1'], priceOf, 5, 'costs 2 cogs, more than --max-price 1', []],
    [
      'above the bound, counting what asking costs',
      ['--max-price', '22'],
      priceOf,
      5,
      'the service asks 21 cogs for this call, beside the 2 for asking, more than --max-price 22',
      ['price'],
    ],
    [
      'at an absurd price',
      ['--max-price', '1000'],
      () => Buffer.from('08ffffffffffffffff7f', 'hex'),
      5,
      'the service asks 9223372036854775807 cogs',
      ['price'],
    ],
    ['at no price', ['--max-price', '1000'], () => Buffer.from('0a00', 'hex'), 7, 'named no price at', ['price']],
    [
      'at a negative price',
      ['--max-price', '1000'],
      () => Buffer.from('08ffffffffffffffffff01', 'hex'),
      7,
      'the price -1 is negative',
      ['price'],
    ],
  ])('is not called %s', async (_name, args, price, code, text, questions) => {
    answer = price
    const result = await buy(...args)
    expect(result).toMatchObject({ code, stdout: '' })
    expect(result.stderr).toContain(text)
    expect(asked).toEqual(questions)
  })

  test('is not asked by a dry run, nor where the published price is to be paid', async () => {
    const dry = await buy('--dry-run', '--json')
    expect(JSON.parse(dry.stdout)).toMatchObject({ would_sign: { method: '/shop.Shop/price', price: '2' } })
    expect(asked).toEqual([])
    // This daemon asks for prices, and so does not take it.
    const published = await buy('--published-price')
    expect(published.code).toBe(4)
    expect(published.stderr).toContain('income 5 does not equal to price 21')
  })
})
