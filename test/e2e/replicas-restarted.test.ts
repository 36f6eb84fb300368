import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { type Answer, RawClient } from '../support/echo-service.js'
import { type Etcd, freePorts, startEtcd } from '../support/etcd.js'
import { type StartedGate, startGate, writeGateConfig } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { askState, Payer } from '../support/payer.js'
import { until } from '../support/until.js'

const PAYERS = 3
const settingsOf = (at: number) => ({
  daemon_endpoint: `127.0.0.1:${ports[at]}`,
  shutdown_delay: '200ms',
  // The first of the list is away for good.
  ethereum_json_rpc_http_endpoint: ['http://127.0.0.1:1', network.rpc],
})

/** So many calls are to end between two disturbances. */
const CALLS = 15

let etcd: Etcd
let network: Network
/** The port that the daemon of each has, however often it is started. */
let ports: readonly number[]
const gates: StartedGate[] = []

const start = (at: number): Promise<StartedGate> => startGate(network, `replica-${at}`, settingsOf(at))

beforeAll(async () => {
  etcd = await startEtcd()
  network = await openTestNetwork({
    config: {
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: { endpoints: [etcd.endpoint], request_timeout: '5s' },
    },
  })
  ports = await freePorts(2)
  for (const at of [0, 1]) gates[at] = await start(at)
}, 120_000)
afterAll(async () => {
  for (const gate of gates) await gate[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
  await etcd?.[Symbol.asyncDispose]()
})

/** As clients of an organisation with two endpoints do: in turn, and elsewhere when one says that it goes. */
const clientOfBoth = (): RawClient =>
  new RawClient(
    { host: `ipv4:127.0.0.1:${ports[0]},127.0.0.1`, port: ports[1] as number },
    {
      'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 200,
    },
  )

/** Payers that make one call after the other, until they are told to stop. */
async function openLoad() {
  const client = clientOfBoth()
  const payers: Payer[] = []
  for (let at = 0; at < PAYERS; at++) payers.push(new Payer(network, await network.openChannel()))
  const failures: Answer[] = []
  let isOver = false
  const paying = payers.map(async (payer) => {
    while (!isOver) {
      const answer = await payer.pay(client)
      if (answer.code !== 0) failures.push(answer)
    }
  })
  const served = (): number => payers.reduce((sum, payer) => sum + payer.served, 0)
  return {
    payers,
    failures,
    async more(what: string) {
      const wanted = served() + CALLS
      await until(`${CALLS} calls were served ${what}`, () => served() >= wanted || failures.length > 0)
    },
    async stop() {
      isOver = true
      await Promise.all(paying)
      client[Symbol.dispose]()
    },
  }
}

/** Each replica knows of every call that was served, and of no other. */
async function expectKnown(payers: readonly Payer[]): Promise<void> {
  for (const port of ports) {
    using client = new RawClient({ host: '127.0.0.1', port })
    const known = await Promise.all(payers.map(({ channel }) => askState(network, client, channel)))
    expect(known.map(({ amount }) => amount)).toEqual(payers.map(({ served, price }) => BigInt(served) * price))
  }
}

test('of two replicas one after the other is restarted under load: no call fails, and every amount is known', async () => {
  const load = await openLoad()
  for (const at of [0, 1]) {
    const gate = gates[at] as StartedGate
    await load.more('by both')
    gate.child.process.kill('SIGTERM')
    expect(await gate.child.ended).toBe(0)
    await load.more('by the other')
    gates[at] = await start(at)
  }
  await load.more('by both again')
  await load.stop()
  expect(load.failures).toEqual([])
  await expectKnown(load.payers)
}, 120_000)

test('settings are read again under load, right ones and wrong ones: no call fails, and every amount is known', async () => {
  const load = await openLoad()
  const { file } = await writeGateConfig(network, 'replica-0', {})
  for (const changes of [
    { log: { level: 'debug' } },
    { rate_limit_per_minute: 6_000_000 },
    { service_timeout: 'soon' },
    {},
  ]) {
    const gate = gates[0] as StartedGate
    const before = gate.child.lines.filter(isAnswer).length
    await load.more('since the last change')
    await writeGateConfig(network, 'replica-0', { ...settingsOf(0), ...changes })
    gate.child.process.kill('SIGHUP')
    await until(`${file} was read again`, () => gate.child.lines.filter(isAnswer).length > before)
  }
  await load.more('at the end')
  await load.stop()
  expect(load.failures).toEqual([])
  const told = (gates[0] as StartedGate).child.lines.filter(isAnswer).join('\n')
  expect(told).toMatch(/changed.*log[^]*changed.*rate_limit_per_minute[^]*service_timeout: expected a duration/)
  await expectKnown(load.payers)
}, 120_000)

const isAnswer = (line: string): boolean => line.includes('the settings were read again')
