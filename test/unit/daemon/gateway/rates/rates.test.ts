import { expect, test } from 'vitest'
import { createRates, openLimits, type RatesConfig } from '../../../../../src/daemon/gateway/rates/index.js'
import { live } from '../../../../../src/shared/live.js'
import type { RateLimit, Tokens } from '../../../../../src/shared/tokens.js'
import type { Address } from '../../../../../src/shared/units.js'

const ONCE: RateLimit = { perMinute: 0.001, burst: 1 }
const [ADD, MUL, OTHER] = ['/a.Calc/add', '/a.Calc/mul', '/a.Other/add']
const [ALICE, BOB] = ['0xA1' as Address, '0xB0' as Address]

const NONE: RatesConfig = {
  rate: live(undefined),
  clientRate: live(undefined),
  payerRate: live(undefined),
  namedRates: live(undefined),
}

interface Tried {
  readonly method?: string
  readonly client?: string
  readonly payer?: Address
}

/** Tells of each call whether it is let in, or by which limit it is refused. */
function gateOf(config: Partial<RatesConfig>) {
  const refused: string[] = []
  const limits = openLimits({ ...NONE, ...config })
  const rates = createRates(limits, (kind) => refused.push(kind))
  const tryOne = async ({ method = ADD, client, payer }: Tried = {}): Promise<string> => {
    try {
      await rates.check({ method, client, payer: undefined })
      if (payer) await rates.checkPayer(payer)
      await rates.spend({ method, client, payer })
      return 'in'
    } catch {
      return refused.at(-1) as string
    }
  }
  return { rates, tryOne }
}

test('another limit counts at once and begins with all of its burst; none lets everything in', async () => {
  const rate = live<RateLimit | undefined>(ONCE)
  const { tryOne } = gateOf({ rate })
  expect([await tryOne(), await tryOne()]).toEqual(['in', 'all'])
  rate.replace({ perMinute: 0.001, burst: 2 })
  expect([await tryOne(), await tryOne(), await tryOne()]).toEqual(['in', 'in', 'all'])
  rate.replace(undefined)
  expect([await tryOne(), await tryOne()]).toEqual(['in', 'in'])
})

test('each method that is named has a limit of its own, and all methods of a named service have one together', async () => {
  const { tryOne } = gateOf({
    namedRates: live([
      { name: ADD, limit: ONCE },
      { name: '/a.Calc/*', limit: { perMinute: 0.001, burst: 2 } },
    ]),
  })
  expect([await tryOne(), await tryOne(), await tryOne({ method: MUL })]).toEqual(['in', 'method', 'in'])
  expect([await tryOne({ method: MUL }), await tryOne({ method: OTHER })]).toEqual(['service', 'in'])
})

test('each payer and each client has a limit of its own, and who is not known has none', async () => {
  const payers = gateOf({ payerRate: live(ONCE) })
  expect([await payers.tryOne({ payer: ALICE }), await payers.tryOne({ payer: ALICE })]).toEqual(['in', 'payer'])
  expect([await payers.tryOne({ payer: BOB }), await payers.tryOne(), await payers.tryOne()]).toEqual([
    'in',
    'in',
    'in',
  ])
  const clients = gateOf({ clientRate: live(ONCE) })
  const at = (client: string) => clients.tryOne({ client })
  expect([await at('10.0.0.1'), await at('10.0.0.1'), await at('10.0.0.2')]).toEqual(['in', 'client', 'in'])
  expect([await at('2001:db8::1'), await at('2001:db8::2')]).toEqual(['in', 'client'])
})

test('the same payer in another spelling is the same', async () => {
  const { tryOne } = gateOf({ payerRate: live(ONCE) })
  const lower = ALICE.toLowerCase() as Address
  expect([await tryOne({ payer: ALICE }), await tryOne({ payer: lower })]).toEqual(['in', 'payer'])
})

test('a call that one limit refuses uses up no other', async () => {
  const { tryOne } = gateOf({ payerRate: live(ONCE), rate: live({ perMinute: 0.001, burst: 2 }) })
  expect([await tryOne({ payer: ALICE }), await tryOne({ payer: ALICE })]).toEqual(['in', 'payer'])
  expect([await tryOne({ payer: BOB }), await tryOne()]).toEqual(['in', 'all'])
})

test('who is refused is told when to try again, and by which limit', () => {
  const { rates } = gateOf({ rate: live({ perMinute: 30, burst: 1 }) })
  void rates.spend({ method: ADD, payer: undefined })
  let refusal: unknown
  try {
    void rates.check({ method: ADD, payer: undefined })
  } catch (thrown) {
    refusal = thrown
  }
  expect(refusal).toMatchObject({
    message: 'rate limiting , too many requests to handle',
    limit: 'all',
    hint: expect.stringMatching(/^The limit is on all calls\. Try again in [12] s\.$/),
  })
  const { retryAfterMs } = refusal as { retryAfterMs: number }
  expect(retryAfterMs).toBeGreaterThan(1_000)
  expect(retryAfterMs).toBeLessThanOrEqual(2_000)
})

test('tokens that are elsewhere are asked for once they are out, and never else', async () => {
  let [here, asked] = [0, 0]
  const shared: Tokens = {
    has: () => here > 0,
    take: () => here-- > 0,
    waitMs: () => (asked < 3 ? 0 : 5),
    isSpare: () => false,
    fetch: async () => {
      asked++
      if (asked < 3) here += 2
    },
  }
  const limits = openLimits({ ...NONE, rate: live(ONCE) }, () => shared)
  const rates = createRates(limits)
  const call = { method: ADD, payer: undefined }
  expect([rates.check({ ...call }) instanceof Promise, asked]).toEqual([true, 1])
  await Promise.resolve()
  for (let i = 0; i < 2; i++) expect([rates.check(call), rates.spend(call)]).toEqual([undefined, undefined])
  expect(asked).toBe(1)
  await rates.spend(call)
  expect(rates.spend(call)).toBeUndefined()
  await expect(rates.check(call)).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 5 })
})

test('without a limit nothing is made for a call', () => {
  const { rates } = gateOf({})
  const call = { method: ADD, payer: BOB }
  expect([rates.check(call), rates.checkPayer(BOB), rates.spend(call)]).toEqual([undefined, undefined, undefined])
})
