import { expect, test } from 'vitest'
import { limitRate, type RateLimit } from '../../../../src/daemon/gateway/rate-limit.js'
import { live } from '../../../../src/shared/live.js'

test('another limit counts at once and begins with all of its burst; none lets everything in', async () => {
  const rate = live<RateLimit | undefined>({ perMinute: 0.001, burst: 1 })
  const { refuseWhenSpent, spend } = limitRate(rate)
  const isLetIn = (): Promise<boolean> =>
    refuseWhenSpent({} as never, () => spend({} as never, async () => undefined)).then(
      () => true,
      () => false,
    )
  expect([await isLetIn(), await isLetIn()]).toEqual([true, false])
  rate.replace({ perMinute: 0.001, burst: 2 })
  expect([await isLetIn(), await isLetIn(), await isLetIn()]).toEqual([true, true, false])
  rate.replace(undefined)
  expect([await isLetIn(), await isLetIn()]).toEqual([true, true])
})
