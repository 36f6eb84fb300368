import { expect, test } from 'vitest'
import type { Call } from '../../../../src/daemon/gateway/call.js'
import { observe } from '../../../../src/daemon/gateway/observe.js'
import { quietLog } from '../../../support/quiet-log.js'

test('the log names the client of a call', () => {
  const told: unknown[] = []
  const log = { ...quietLog(), debug: (_message: string, fields: unknown) => told.push(fields) }
  observe(log)({ method: '/a.B/c', client: '203.0.113.7' } as Call)()
  expect(told).toMatchObject([{ method: '/a.B/c', client: '203.0.113.7' }])
})
