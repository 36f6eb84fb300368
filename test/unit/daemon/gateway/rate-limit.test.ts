import { expect, test } from 'vitest'
import { limitRate, type RateLimit } from '../../../../src/daemon/gateway/rate-limit.js'
import { live } from '../../../../src/shared/live.js'

test('another limit counts at once and begins with all of its burst; none lets everything in', () => {
  const rate = live<RateLimit | undefined>({ perMinute: 0.001, burst: 1 })
  const { refuseWhenSpent, spend } = limitRate(rate)
  const isLetIn = (): boolean => {
    try {
      refuseWhenSpent({} as never)
      spend({} as never)
      return true
    } catch {
      return false
    }
  }
  expect([isLetIn(), isLetIn()]).toEqual([true, false])
  rate.replace({ perMinute: 0.001, burst: 2 })
  expect([isLetIn(), isLetIn(), isLetIn()]).toEqual([true, true, false])
  rate.replace(undefined)
  expect([isLetIn(), isLetIn()]).toEqual([true, true])
})
