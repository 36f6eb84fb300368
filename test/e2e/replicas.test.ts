import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { RawClient } from '../support/echo-service.js'
import { type Etcd, startEtcd } from '../support/etcd.js'
import { type StartedGate, startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { askState, clientOf, Payer } from '../support/payer.js'

let etcd: Etcd
let network: Network
let second: StartedGate
beforeAll(async () => {
  etcd = await startEtcd()
  const shared = {
    payment_channel_storage_type: 'etcd',
    payment_channel_storage_client: { endpoints: [etcd.endpoint] },
  }
  network = await openTestNetwork({ config: shared })
  second = await startGate(network, 'second')
}, 120_000)
afterAll(async () => {
  await second?.[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
  await etcd?.[Symbol.asyncDispose]()
})

function clientOfSecond(): RawClient {
  const [host, port] = second.endpoint.split(':') as [string, string]
  return new RawClient({ host, port: Number(port) })
}

test('what is paid on one replica is known to the other, where the next payment goes on', async () => {
  const payer = new Payer(network, network.channel)
  using first = clientOf(network)
  using other = clientOfSecond()
  expect(await payer.pay(first)).toMatchObject({ code: 0 })
  expect(await askState(network, other, network.channel)).toMatchObject({ amount: payer.confirmed })
  expect(await payer.pay(other)).toMatchObject({ code: 0 })
  expect(await askState(network, first, network.channel)).toMatchObject({ amount: 2n * payer.price })
  // The same amount again pays for nothing, wherever it is shown.
  payer.confirmed -= payer.price
  expect(await payer.pay(first)).toMatchObject({ code: 16 })
})
