import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { type Attack, farewell, type Target } from '../fixtures/hostile/attack.js'
import { byteAttacks, rapidReset } from '../fixtures/hostile/bytes.js'
import { callAttacks } from '../fixtures/hostile/calls.js'
import { asLines, callByHand, connectByHand, framed, type Outcome } from '../support/by-hand.js'
import { type CountingProxy, startCountingProxy } from '../support/counting-proxy.js'
import { type StartedGate, startGate } from '../support/gates.js'
import { attackMany, openTarget } from '../support/hostile-load.js'
import { openTestNetwork } from '../support/network.js'
import { ADD, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { openSockets, residentMiB } from '../support/process-facts.js'
import { until } from '../support/until.js'

const attacks: readonly Attack[] = [...byteAttacks, ...callAttacks]
const WARM_UP = 5_000
const REQUESTS = 10_000
const AT_ONCE = 64
/** Connections of the daemon's own to node and service, which come and go. */
const SPARE_SOCKETS = 6
/** Room for objects that is soon full of a leak, and keeps what waits for its collection from looking like one. */
const HEAP = '--max-old-space-size=64 --max-semi-space-size=2'
/** What the daemon may grow by; a leak of 4 KiB a request would be more. */
const GROWTH_MIB = 40

const life = new Lifecycle()
let network: Network
let proxy: CountingProxy
let gate: StartedGate
let target: Target

/** What was seen of the daemon while the bad requests came, after as many of them before. */
let seen: { readonly seconds: number; readonly blocks: number; readonly asked: number; readonly grownMiB: number }

/** The right payment for the next call on the target's channel. */
const pay = async (amount: bigint): Promise<Outcome> => {
  const session = await connectByHand(gate.endpoint)
  const headers = asLines(paymentHeaders(network, { channel: target.paidChannel, amount }))
  const outcome = await callByHand(session, { path: ADD, headers, body: framed(TWO_AND_THREE) })
  session.destroy()
  return outcome
}

beforeAll(async () => {
  network = await life.own('network', openTestNetwork())
  proxy = await life.own('proxy', startCountingProxy(network.rpc))
  const changes = {
    ethereum_json_rpc_http_endpoint: proxy.url,
    chain_poll_interval: '1s',
    first_message_timeout: '500ms',
  }
  gate = await life.own('gate', startGate(network, 'hostile', changes, { NODE_OPTIONS: HEAP }))
  target = await openTarget(network, gate.endpoint, await network.openChannel())
  expect((await pay(10n)).code).toBe(0)
  seen = await attackTwice()
}, 400_000)
afterAll(() => life[Symbol.asyncDispose]())

const pid = (): number => gate.child.process.pid as number
const asked = (): number => Object.values(proxy.counts).reduce((sum, count) => sum + count, 0)

/** A new block each second, so that nothing stays answered from a cache. */
function mineBlocks(): Disposable & { readonly mined: number } {
  let mined = 0
  const timer = setInterval(() => {
    mined++
    void network.provider.send('evm_mine', [])
  }, 1_000)
  return {
    get mined() {
      return mined
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

/** What comes first warms up what grows once: code, buffers, caches. */
async function attackTwice(): Promise<typeof seen> {
  const sockets = await openSockets(pid())
  const attack = (count: number) => attackMany(target, attacks, { count, atOnce: AT_ONCE })
  /** Every socket is closed, also of those who left without a word and of those who stay without one. */
  const quiet = async (): Promise<number> => {
    await until('the spare sockets are closed', async () => (await openSockets(pid())) <= sockets + SPARE_SOCKETS, {
      everyMs: 100,
      limitMs: 200_000,
    })
    return await residentMiB(pid())
  }
  await attack(WARM_UP)
  const before = { resident: await quiet(), asked: asked(), at: performance.now() }
  using miner = mineBlocks()
  await attack(REQUESTS)
  const load = { seconds: (performance.now() - before.at) / 1000, asked: asked() - before.asked, blocks: miner.mined }
  return { ...load, grownMiB: (await quiet()) - before.resident }
}

describe(`after ${REQUESTS} bad requests of ${attacks.length} kinds`, () => {
  test('the kinds are many, and each has a name of its own', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(30)
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
  })

  test('the process is alive, and nothing of it was a fault of its own', async () => {
    expect(gate.child.process.exitCode).toBeNull()
    expect(gate.child.lines.filter((line) => / (ERROR|FATAL|WARN): /.test(line))).toEqual([])
    expect(await gate.status()).toMatchObject({ healthy: true, phase: 'SERVING' })
  })

  test('its memory is flat', () => {
    expect(seen.grownMiB).toBeLessThan(GROWTH_MIB)
  })

  test('the node was asked by the clock and the block, not by the request', () => {
    // The block number at most every 100 ms and at each poll; per block the two channels, the next id and the events.
    const budget = 11 * seen.seconds + 4 * (seen.blocks + 1) + 5
    expect(seen.asked).toBeLessThan(budget)
  })

  test('nothing is held, nothing was kept, and the service saw nothing', async () => {
    expect((await gate.status()).gate).toMatchObject({
      calls_in_flight: 0,
      payments_in_flight: 0,
      payments_kept: '1',
    })
    expect(network.calculator.calls).toBe(1)
  })

  test('a good payment passes', async () => {
    expect((await pay(20n)).code).toBe(0)
    expect(network.calculator.calls).toBe(2)
  })

  test('who takes back thousands of calls at once is sent away', async () => {
    await farewell('', () => rapidReset(2_000)).send(target)
    expect((await pay(30n)).code).toBe(0)
  })
})
