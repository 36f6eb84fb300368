import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { readJwt } from '../../src/shared/jwt.js'
import type { RawClient } from '../support/echo-service.js'
import { openTestNetwork } from '../support/network.js'
import { askState, clientOf } from '../support/payer.js'
import { PrepaidPayer } from '../support/prepaid-payer.js'
import { takeTime } from '../support/take-time.js'
import { until } from '../support/until.js'

const ROUNDS = 4
const CHANNELS = 2
const AT_ONCE = 3

let network: Network
beforeAll(async () => {
  network = await openTestNetwork()
}, 60_000)
afterAll(() => network?.[Symbol.asyncDispose]())

const openPayer = async (): Promise<PrepaidPayer> =>
  new PrepaidPayer(network, await network.openChannel({ value: 1_000_000n }))

/** Numbers { a: 1, b: 0 }, which the calculator cannot divide. */
const ONE_AND_ZERO = Buffer.from('09000000000000f03f' + '110000000000000000', 'hex')
const DIVIDE = '/example_service.Calculator/div'

test(
  'what was planned buys calls at once up to its bound exactly; one that fails costs nothing',
  { timeout: 60_000 },
  async () => {
    using client = clientOf(network)
    const payer = await openPayer()
    const { price, channel } = payer
    expect(await payer.ask(client, 10n * price)).toEqual({ planned: 10n * price, used: 0n })
    expect((await payer.call(client, ONE_AND_ZERO, DIVIDE)).code).not.toBe(0)
    const answers = await Promise.all(Array.from({ length: 15 }, () => payer.call(client)))
    const refused = answers.filter(({ code }) => code !== 0)
    expect(refused).toHaveLength(5)
    for (const { code, details } of refused)
      expect([code, details]).toEqual([13, `internal error: Usage Exceeded on channel Id ${channel}`])
    expect(await payer.ask(client, 10n * price)).toEqual({ planned: 10n * price, used: 10n * price })
    expect((await askState(network, client, channel)).amount).toBe(10n * price)
  },
)

test('tokens are signed with the secret in data_dir, which is made with the first of them', async () => {
  using client = clientOf(network)
  const payer = await openPayer()
  await payer.ask(client, payer.price)
  const secret = (await readFile(join(network.dataDir, 'token-secret'), 'utf8')).trim()
  expect(readJwt(payer.token, secret, Date.now())).toMatchObject({ orgId: network.names.organization })
})

/** Plans more whenever the plan is used up, and calls in between, until something ends otherwise than OK. */
async function payUntilBroken(client: RawClient, payer: PrepaidPayer, plan: { amount: bigint }): Promise<void> {
  for (;;) {
    const amount = plan.amount + BigInt(AT_ONCE) * payer.price
    const granted = await payer.ask(client, amount).catch(() => undefined)
    if (!granted) return
    plan.amount = amount
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => payer.call(client)))
    if (answers.some(({ code }) => code !== 0)) return
  }
}

test(
  `kill -9 in the middle of tokens and calls, ${ROUNDS} times: no money is lost, and no channel blocked`,
  { timeout: 600_000 },
  async () => {
    const payers: { payer: PrepaidPayer; plan: { amount: bigint } }[] = []
    for (let i = 0; i < CHANNELS; i++) payers.push({ payer: await openPayer(), plan: { amount: 0n } })
    for (let round = 0; round < ROUNDS; round++) {
      using client = clientOf(network)
      const before = payers.map(({ plan }) => plan.amount)
      const paying = Promise.all(payers.map(({ payer, plan }) => payUntilBroken(client, payer, plan)))
      // Some are killed in their first requests, the others in whatever comes after the first token.
      if (round % 3 > 0)
        await until('more is planned on each channel', () => payers.every(({ plan }, i) => plan.amount !== before[i]))
      await takeTime((round * 7919) % 31)
      network.daemon.process.kill('SIGKILL')
      await network.daemon.ended
      await paying
      await network.startDaemon()
      using next = clientOf(network)
      for (const { payer, plan } of payers) {
        const { price } = payer
        // What was granted is kept, and at most the one request more that was under way.
        const { amount } = await askState(network, next, payer.channel)
        expect([plan.amount, plan.amount + BigInt(AT_ONCE) * price]).toContain(amount)
        plan.amount = amount
        if (amount === 0n) continue
        // Whatever is authorised is planned: one was never written without the other.
        const { planned, used } = await payer.ask(next, amount)
        expect(planned).toBe(amount)
        // What was served is used; calls that the kill cut cost nothing, unless their answers were on their way.
        const ahead = used / price - payer.served
        expect(ahead >= 0n && ahead <= BigInt(AT_ONCE), `${used} used, ${payer.served} served`).toBe(true)
        payer.served += ahead
        if (used < planned) expect(await payer.call(next)).toMatchObject({ code: 0 })
      }
    }
    expect(payers.every(({ payer }) => payer.served > 0n)).toBe(true)
  },
)
