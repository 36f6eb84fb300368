import { expect, test } from 'vitest'
import type { Call } from '../../../../src/daemon/gateway/call.js'
import { StatusError, UpstreamStatus } from '../../../../src/daemon/gateway/failure.js'
import { HeaderList } from '../../../../src/daemon/gateway/header-list.js'
import { meter, type MeteredCall } from '../../../../src/daemon/gateway/meter.js'
import { SnetError } from '../../../../src/shared/errors.js'
import type { Address } from '../../../../src/shared/units.js'
import { PROXIED_STATUS } from '../../../../src/shared/wire/index.js'

const ofService = new UpstreamStatus(new HeaderList(['grpc-status', '5', 'grpc-message', 'none']))

test.each([
  ['an answer', undefined, 0, ''],
  ['a refusal', new SnetError('rate-limited', 'too many'), 8, 'too many'],
  ['a refusal with a code of its own', new StatusError(1000, 'nonce'), 1000, 'nonce'],
  ['an error of the service', ofService, 5, 'the service answered status 5: none'],
  ['a fault', new TypeError('undefined is not'), 13, 'internal error'],
])('%s is told once, with its status', (_what, thrown, code, error) => {
  const told: MeteredCall[] = []
  const call = { method: '/s.S/m', metadata: new HeaderList(), payer: undefined } as unknown as Call
  const onEnd = meter({ callEnded: (ended) => told.push(ended) }, PROXIED_STATUS)(call)
  // As the payment does it, further in.
  call.payer = '0xa' as Address
  onEnd(thrown)
  expect(told).toMatchObject([{ method: '/s.S/m', code, error, hasPayer: true }])
  expect(Date.now() - (told[0]?.start ?? 0)).toBeLessThan(60_000)
})
