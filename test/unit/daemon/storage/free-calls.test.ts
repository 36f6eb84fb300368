import { expect, test } from 'vitest'
import { freeCallTable, type SharedLayout } from '../../../../src/daemon/storage/index.js'
import type { FreeCallCount } from '../../../../src/daemon/payments/ports.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import { dumpBelow, gobVectors } from '../../../support/gob-vectors.js'

const GROUP = 'gV9S09I5yOMCYj6W4m/z1ISKlPIWzEQw2sxK+MckHLA='
const CALLER = '0x1CBd3b2770909D4e10f157cABC84C7264073C9Ec'
const layout = freeCallTable({ organization: 'acceptance-org', group: GROUP, toAddress })
  .shared as SharedLayout<FreeCallCount>
const dump = dumpBelow(`sepolia/acceptance-org/${GROUP}`)

test('counts that the reference left are found, and lie where it looks for them', () => {
  const found = [...dump.keys()].flatMap((sharedKey) => {
    const key = layout.keyOf(sharedKey)
    if (key === undefined) return []
    expect(layout.keysOf(key)).toEqual([sharedKey])
    return [layout.read([dump.get(sharedKey)], key)]
  })
  const user = { service: 'calc-grpc', address: CALLER }
  expect(found).toEqual([
    { ...user, userId: 'second@example.org', made: 1n },
    { ...user, userId: 'sixth', made: 1n },
    { ...user, userId: 'user@example.org', made: 3n },
  ])
})

test.each(['', 'user@example.org', 'a/b', '/acceptance-org/x/', '}'])(
  'a user keeps his key, whatever his name: %j',
  (userId) => {
    const key = `calc-grpc/${CALLER}/${userId}`
    const [sharedKey = ''] = layout.keysOf(key)
    expect(sharedKey).toBe(`//free-call-user/storage/{ID:${CALLER}/${userId}/acceptance-org/calc-grpc/${GROUP}}`)
    expect(layout.keyOf(sharedKey)).toBe(key)
    const count = { service: 'calc-grpc', address: toAddress(CALLER), userId, made: 7n }
    expect(layout.read(layout.write(count, key, []), key)).toEqual(count)
  },
)

test('other spellings of an address, other groups and other keys are no records of ours', () => {
  const sharedKey = (address: string, group = GROUP): string =>
    `//free-call-user/storage/{ID:${address}/u/acceptance-org/calc-grpc/${group}}`
  expect(layout.keyOf(sharedKey(CALLER))).toBeDefined()
  for (const other of [CALLER.toLowerCase(), CALLER.slice(2), `0x00${CALLER.slice(2)}`, ''])
    expect(layout.keyOf(sharedKey(other))).toBeUndefined()
  expect(layout.keyOf(sharedKey(CALLER, 'AAAA'))).toBeUndefined()
  expect(layout.keyOf(sharedKey(CALLER).replace('acceptance-org', 'another-org'))).toBeUndefined()
  expect(layout.keyOf('//PrePaid/storage/{ID:1/P}')).toBeUndefined()
})

test('nothing kept is no record, and none is nothing kept', () => {
  const key = `s/${CALLER}/`
  expect(layout.read([undefined], key)).toBeUndefined()
  expect(layout.write(undefined, key, [])).toEqual([undefined])
})

test('a negative count, as Go can keep one, is damage', () => {
  const negative = gobVectors().find(({ name }) => name === 'FreeCallUserData negative')
  expect(() => layout.read([negative?.bytes], `s/${CALLER}/`)).toThrow('FreeCallsMade is negative')
})
