import { expect, test } from 'vitest'
import { tellUnknownLimits } from '../../../src/daemon/compose-rates.js'
import { quietLog } from '../../support/quiet-log.js'

test('a limit of what nobody publishes is told of at the start', () => {
  const lines: string[] = []
  const limitOf = (method: string) => ({ method, perMinute: 1, burstSize: undefined })
  const methods = {
    find: (name: string) => (name === '/a.B/c' ? { asksOnce: true, answersOnce: true } : undefined),
  }
  const known = { methods, services: ['a.B'], log: quietLog(lines) }
  tellUnknownLimits({ rate_limits: ['/a.B/c', '/a.B/*'].map(limitOf) }, known)
  expect(lines).toEqual([])
  tellUnknownLimits({ rate_limits: ['/a.B/d', '/a.C/*'].map(limitOf) }, known)
  expect(lines.join()).toContain('rate_limits names what the service does not publish')
})
