import { expect, test } from 'vitest'
import { warnSeldom } from '../../../../src/daemon/observability/index.js'

test('a warning comes once a minute for each message, and says what it left out', () => {
  const lines: unknown[] = []
  let now = 0
  const warn = warnSeldom({ warn: (message, fields) => lines.push([message, fields]) }, () => now)
  for (; now < 60_000; now += 10_000) warn('service away', { at: now })
  warn('another thing')
  warn('service away', { at: now })
  now += 60_000
  warn('service away')
  expect(lines).toEqual([
    ['service away', { at: 0 }],
    ['another thing', {}],
    ['service away', { at: 60_000, untold_since: 5 }],
    ['service away', {}],
  ])
})
