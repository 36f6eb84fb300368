import { describe, expect, test } from 'vitest'
import { errorText, EXIT_CODES, firstCause, renderTable } from '../../../src/client/index.js'
import { ERROR_KINDS, prefixError, SnetError, toSnetError } from '../../../src/shared/errors.js'
import { GRPC_STATUS, PROXIED_STATUS } from '../../../src/shared/wire/index.js'
import { fromServiceError, toServiceError } from '../../../src/shared/wire/grpc/index.js'
import type { ServiceError } from '@grpc/grpc-js'

test('every kind of error has its exit code and its two gRPC codes', () => {
  const table = ERROR_KINDS.map(
    (kind) => `${kind}: exit ${EXIT_CODES[kind]}, own ${GRPC_STATUS[kind]}, proxied ${PROXIED_STATUS[kind]}`,
  )
  expect(table).toEqual([
    'bug: exit 1, own 13, proxied 13',
    'invalid-config: exit 2, own 3, proxied 3',
    'invalid-request: exit 2, own 3, proxied 3',
    'unavailable: exit 3, own 14, proxied 14',
    'storage-failed: exit 3, own 14, proxied 13',
    'payment-rejected: exit 4, own 16, proxied 16',
    'unauthenticated: exit 4, own 16, proxied 16',
    'stale-nonce: exit 4, own 1000, proxied 1000',
    'forbidden: exit 4, own 7, proxied 13',
    'channel-busy: exit 5, own 9, proxied 9',
    'wrong-state: exit 5, own 9, proxied 9',
    'rate-limited: exit 5, own 8, proxied 8',
    'already-exists: exit 5, own 6, proxied 6',
    'not-found: exit 6, own 5, proxied 13',
    'upstream-failed: exit 7, own 14, proxied 14',
    'timed-out: exit 3, own 4, proxied 4',
    'check-failed: exit 8, own 9, proxied 9',
    'drain-timed-out: exit 9, own 14, proxied 14',
    'cancelled: exit 130, own 1, proxied 1',
  ])
})

test('every kind survives the wire, with its text and hint', () => {
  for (const kind of ERROR_KINDS) {
    const sent = toServiceError(new SnetError(kind, 'what: 100 % ✓', { hint: 'what next ✓' }))
    const received = fromServiceError({ ...sent, message: '' } as ServiceError)
    expect(received).toMatchObject({ kind, message: 'what: 100 % ✓', hint: 'what next ✓' })
  }
})

test('a hint that does not decode is shown as it came', () => {
  const sent = toServiceError(new SnetError('not-found', 'x'))
  sent.metadata?.set('snetd-error-hint', '%zz')
  expect(fromServiceError(sent as ServiceError).hint).toBe('%zz')
})

describe('what a user reads', () => {
  test('is every line of the message, then the hint', () => {
    expect(errorText(new SnetError('invalid-config', 'a: wrong\nb: wrong', { hint: 'Mend both.' }))).toBe(
      'Error: a: wrong\n       b: wrong\nHint:  Mend both.\n',
    )
  })

  test('of a fault of the program is no stack, unless asked for', () => {
    const bug = toSnetError(new TypeError('secret inside'))
    expect(errorText(bug)).not.toContain('secret inside')
    expect(errorText(bug, { withStack: true })).toContain('TypeError: secret inside')
  })

  test('is the first cause when closing failed after opening had', () => {
    const opening = new SnetError('unavailable', 'opening')
    const suppressed = Object.assign(new Error('both'), {
      name: 'SuppressedError',
      error: new Error('closing'),
      suppressed: opening,
    })
    expect(firstCause(suppressed)).toBe(opening)
    expect(firstCause(opening)).toBe(opening)
  })
})

test('a prefix keeps kind, hint and details, and leaves foreign errors alone', () => {
  const error = new SnetError('forbidden', 'text', { hint: 'h', details: { a: '1' } })
  expect(prefixError('before ', error)).toMatchObject({
    kind: 'forbidden',
    message: 'before text',
    hint: 'h',
    details: { a: '1' },
  })
  const foreign = new Error('x')
  expect(prefixError('before ', foreign)).toBe(foreign)
})

test('a table is as wide as its widest cells', () => {
  expect(renderTable(['a', 'long heading'], [['wide cell', '1']])).toBe(
    'a          long heading\n─────────  ────────────\nwide cell             1',
  )
})
