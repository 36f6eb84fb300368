import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { SnetError } from '../../../../src/shared/errors.js'
import { live } from '../../../../src/shared/live.js'
import type { OpenTokens } from '../../../../src/shared/tokens.js'
import { openHarness, paid } from './harness.js'

const UNARY = '/echo.Echo/Unary'
const ONCE = { perMinute: 0.001, burst: 1 }
const REFUSED = { code: status.RESOURCE_EXHAUSTED, details: 'rate limiting , too many requests to handle' }

test('a payer beyond his limit is refused before anything of his is held, and what is not paid does not count', async () => {
  const counted: string[] = []
  await using h = await openHarness({ config: { payerRate: live(ONCE) }, onLimited: (kind) => counted.push(kind) })
  const call = () => h.client.call(UNARY, [Buffer.from('x')], { metadata: paid() })
  h.payments.refuse = new SnetError('payment-rejected', 'signed by somebody else')
  for (let i = 0; i < 3; i++) expect((await call()).code).toBe(status.UNAUTHENTICATED)
  h.payments.refuse = undefined
  expect((await call()).code).toBe(status.OK)
  expect(await call()).toMatchObject(REFUSED)
  expect(h.payments).toMatchObject({ reserved: 1, committed: 1, open: 0 })
  expect(counted).toEqual(['payer'])
})

test('a method that is named has its own limit, and the advice when to try again comes in gRPC’s ways', async () => {
  const namedRates = live([{ name: UNARY, limit: { perMinute: 1, burst: 1 } }])
  await using h = await openHarness({ config: { namedRates } })
  const call = () => h.client.call(UNARY, [Buffer.from('x')], { metadata: paid() })
  expect((await call()).code).toBe(status.OK)
  const refused = await call()
  expect(refused).toMatchObject(REFUSED)
  const [pushback] = refused.trailers.get('grpc-retry-pushback-ms')
  expect(Number(pushback)).toBeGreaterThan(1_000)
  expect(Number(pushback)).toBeLessThanOrEqual(60_000)
  expect(String(refused.trailers.get('grpc-status-details-bin')[0])).toContain('google.rpc.RetryInfo')
  expect(refused.trailers.get('snetd-error-hint')[0]).toMatch(/^The limit is on calls of this method\. Try again in /)
  expect(h.payments.reserved).toBe(1)
})

test('tokens that replicas share are asked for before the payment', async () => {
  let [here, isSpent] = [0, false]
  const openTokens: OpenTokens = () => ({
    has: () => here > 0,
    take: () => here-- > 0,
    waitMs: () => (isSpent ? 1_234 : 0),
    isSpare: () => false,
    fetch: async () => {
      if (h.payments.reserved === 0) here = 1
      else isSpent = true
    },
  })
  await using h = await openHarness({ config: { rate: live(ONCE) }, openTokens })
  const call = () => h.client.call(UNARY, [Buffer.from('x')], { metadata: paid() })
  expect((await call()).code).toBe(status.OK)
  const refused = await call()
  expect(refused).toMatchObject(REFUSED)
  expect(refused.trailers.get('grpc-retry-pushback-ms')).toEqual(['1234'])
  expect(h.payments.reserved).toBe(1)
})
