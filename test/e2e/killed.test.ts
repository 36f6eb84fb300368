import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { openTestNetwork } from '../support/network.js'
import { clientOf, COUNT, openStream, Payer, paymentHeaders } from '../support/payer.js'
import { takeTime } from '../support/take-time.js'
import { until } from '../support/until.js'

const ROUNDS = 50
const CHANNELS = 4

let network: Network
const payers: Payer[] = []

beforeAll(async () => {
  network = await openTestNetwork()
  for (let i = 0; i < CHANNELS; i++) payers.push(new Payer(network, await network.openChannel({ value: 100_000n })))
}, 60_000)
afterAll(() => network?.[Symbol.asyncDispose]())

/** Calls one after the other on each channel until one of them ends otherwise than OK. */
const payUntilBroken = (client: ReturnType<typeof clientOf>) =>
  Promise.all(
    payers.map(async (payer, i) => {
      const method = i % 2 === 0 ? undefined : COUNT
      while ((await payer.pay(client, method === undefined ? {} : { method })).code === 0);
    }),
  )

/**
 * Every channel's book is compared with the daemon's: not less than was confirmed, at most the one call more that was
 * under way; and the next call is served at once.
 */
async function compareBooks(): Promise<void> {
  using client = clientOf(network)
  for (const payer of payers) {
    const ahead = await payer.settle(client)
    expect(ahead === 0n || ahead === 1n, `channel ${payer.channel} is ahead by ${ahead}`).toBe(true)
    expect(await payer.pay(client)).toMatchObject({ code: 0 })
  }
}

/** Reproducible waits between 0 and 30 ms, so that all parts of a call are hit. */
const waits = Array.from({ length: ROUNDS }, (_, i) => (i * 7919) % 31)

test(
  `kill -9 in the middle of calls, ${ROUNDS} times: nothing lost, doubled or stuck`,
  { timeout: 300_000 },
  async () => {
    for (const wait of waits) {
      using client = clientOf(network)
      const paying = payUntilBroken(client)
      await takeTime(wait)
      network.daemon.process.kill('SIGKILL')
      await network.daemon.ended
      await paying
      await network.startDaemon()
      await compareBooks()
    }
    // Whatever was kept was also served: no payment without a call.
    const kept = payers.reduce((sum, { confirmed, price }) => sum + confirmed / price, 0n)
    expect(BigInt(network.calculator.calls) >= kept).toBe(true)
    expect(payers.every(({ served }) => served >= ROUNDS)).toBe(true)
  },
)

test(
  `stopped and continued in the middle of calls, ${ROUNDS} times: calls go on and books agree`,
  { timeout: 120_000 },
  async () => {
    using client = clientOf(network)
    for (const wait of waits) {
      const paying = Promise.all(payers.map((payer) => payer.pay(client)))
      await takeTime(wait % 6)
      network.daemon.process.kill('SIGSTOP')
      await takeTime(5)
      network.daemon.process.kill('SIGCONT')
      for (const answer of await paying) expect(answer.code).toBe(0)
    }
    for (const payer of payers) expect(await payer.settle(client)).toBe(0n)
  },
)

test(
  'a client whose deadline passes while the daemon is stopped can use the same amount again',
  { timeout: 60_000 },
  async () => {
    using client = clientOf(network)
    const [payer] = payers as [Payer]
    const before = payer.confirmed
    network.daemon.process.kill('SIGSTOP')
    const answer = await payer.pay(client, { deadline: new Date(Date.now() + 200) })
    expect(answer.code).toBe(4)
    network.daemon.process.kill('SIGCONT')
    const ahead = await payer.settle(client)
    expect(ahead === 0n || ahead === 1n).toBe(true)
    expect((await payer.pay(client)).code).toBe(0)
    expect(payer.confirmed).toBe(before + (ahead + 1n) * payer.price)
  },
)

test(
  'SIGTERM lets the call in flight finish, ends with 0, and the next daemon knows its payment',
  { timeout: 60_000 },
  async () => {
    using client = clientOf(network)
    const [payer] = payers as [Payer]
    const amount = payer.confirmed + payer.price
    const stream = await openStream(client, paymentHeaders(network, { channel: payer.channel, amount }))
    network.daemon.process.kill('SIGTERM')
    // The daemon says so when it has begun to stop; only then is the call one that was let finish.
    await until('the daemon says that calls in flight may finish', () =>
      network.daemon.lines.some((line) => line.includes('calls in flight may finish')),
    )
    expect(await stream.finish()).toBe(0)
    payer.confirmed = amount
    expect(await network.daemon.ended).toBe(0)
    await network.startDaemon()
    await compareBooks()
  },
)
