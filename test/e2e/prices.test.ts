import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProtoArchive } from '../../src/content/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { registerAnother } from '../support/another-service.js'
import { type EchoService, type RawClient, startEchoService } from '../support/echo-service.js'
import { type StartedGate, startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { asMetadata, askState, clientOf, paymentHeaders } from '../support/payer.js'
import { PrepaidPayer } from '../support/prepaid-payer.js'

/** The service echoes whatever it is sent, so an order names its own price. */
const SHOP = `syntax = "proto3"; package echo; import "pricing.proto";
  message Order { uint64 price = 1; }
  service Echo {
    rpc Unary(Order) returns (Order) { option (pricing.my_method_option).estimatePriceMethod = "/echo.Echo/AlsoUnary"; }
    rpc AlsoUnary(Order) returns (pricing.PriceInCogs);
    rpc Collect(stream Order) returns (Order);
  }`
const PRICING = `syntax = "proto3"; package pricing; import "google/protobuf/descriptor.proto";
  message EstimatePrice { string estimatePriceMethod = 1; }
  message PriceInCogs { uint64 price = 1; }
  extend google.protobuf.MethodOptions { EstimatePrice my_method_option = 9999127; }`
const PER_METHOD = {
  ...{ default: true, price_model: 'fixed_price_per_method', package_name: 'echo' },
  details: [{ service_name: 'Echo', method_pricing: [{ method_name: 'AlsoUnary', price_in_cogs: 2 }] }],
}
const order = (price: number) => Buffer.from([8, price])

let network: Network
let service: EchoService
let gate: StartedGate
beforeAll(async () => {
  network = await openTestNetwork()
  service = await startEchoService()
  const archive = await network.metadata.publish(
    await createProtoArchive({ 'shop.proto': SHOP, 'pricing.proto': PRICING }),
  )
  await registerAnother(network, 'ShopSvc', ({ groups, ...published }) => ({
    ...published,
    ...{ service_api_source: archive, groups: groups.map((group) => ({ ...group, pricing: [PER_METHOD] })) },
  }))
  const settings = { service_id: 'ShopSvc', service_endpoint: service.url.href, enable_dynamic_pricing: true }
  gate = await startGate(network, 'shop', settings)
}, 120_000)
afterAll(async () => {
  for (const part of [gate, service, network]) await part?.[Symbol.asyncDispose]()
})

const rawClient = (): RawClient => clientOf({ ...network, endpoint: gate.endpoint })

test('each method has its own price, the one that is published or the one that the service names for this very call', async () => {
  using client = rawClient()
  const buy = (method: string, price: number, amount: bigint) =>
    client.call(`/echo.Echo/${method}`, [order(price)], {
      metadata: asMetadata(paymentHeaders(network, { channel: network.channel, amount })),
    })
  // Clients ask for a price as for anything else, at what is published of that method.
  expect(await buy('AlsoUnary', 25, 2n)).toMatchObject({ code: 0, messages: [order(25)] })
  expect(await buy('Unary', 25, 26n)).toMatchObject({ code: 16, details: 'income 24 does not equal to price 25' })
  expect(await buy('Unary', 25, 27n)).toMatchObject({ code: 0, messages: [order(25)] })
  expect(await buy('Unary', 7, 34n)).toMatchObject({ code: 0, messages: [order(7)] })
  expect(await buy('Collect', 1, 35n)).toMatchObject({
    code: 13,
    details: 'internal error: price is not defined for the Method /echo.Echo/Collect',
  })
  expect((await askState(network, client, network.channel)).amount).toBe(34n)

  const ahead = new PrepaidPayer(network, network.channel)
  expect(await ahead.ask(client, 34n + 50n)).toEqual({ planned: 50n, used: 0n })
  const calls = await Promise.all([20, 20, 20].map((price) => ahead.call(client, order(price), '/echo.Echo/Unary')))
  expect(calls.map(({ code }) => code).sort()).toEqual([0, 0, 13])
  expect(await ahead.ask(client, 34n + 50n)).toEqual({ planned: 50n, used: 40n })
})
