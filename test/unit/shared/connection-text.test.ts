import { expect, test } from 'vitest'
import { connectionFault } from '../../../src/shared/wire/index.js'

const NONE = 'No connection established. Last error: '

test.each([
  [`${NONE}Error: connect ECONNREFUSED 127.0.0.1:1. Resolution note: `, 'nothing listens there'],
  [`${NONE}connect ECONNREFUSED 127.0.0.1:9091 (2026-11-29T12:49:06.433Z). Resolution note: `, 'nothing listens there'],
  ['Name resolution failed for target dns:nobody.invalid:9090', 'the name does not resolve'],
  [
    `${NONE}Error: unable to verify the first certificate`,
    'its certificate is of an authority that is not trusted here',
  ],
  [
    `${NONE}Error: 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:x.c:350:\n`,
    'what listens there does not speak TLS',
  ],
  [
    `${NONE}Error [ERR_OTHER]: some new trouble (2026-11-29T12:49:06.433Z). Resolution note: a note`,
    'some new trouble',
  ],
])('%j: %s', (text, reason) => {
  expect(connectionFault(text).reason).toBe(reason)
})
