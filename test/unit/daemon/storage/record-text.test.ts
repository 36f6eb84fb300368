import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  channelKey,
  decodeChannel,
  decodeClaim,
  encodeChannel,
  encodeClaim,
} from '../../../../src/daemon/storage/record-text.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { type Address, blockNumber, channelId, channelNonce, cogs, type GroupId } from '../../../../src/shared/units.js'
import { aClaim, aRecord } from '../../../support/channel-builders.js'

const uint256 = fc.bigInt(0n, 2n ** 256n - 1n)
const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((b) => `0x${Buffer.from(b).toString('hex')}`)
const signature = fc.uint8Array({ maxLength: 65 })
const plain = (value: object) =>
  JSON.stringify(value, (_k, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v instanceof Uint8Array ? [...v] : v))

const records = fc.record({
  id: uint256.map(channelId),
  nonce: uint256.map(channelNonce),
  sender: hex(20).map((a) => a as Address),
  signer: hex(20).map((a) => a as Address),
  recipient: hex(20).map((a) => a as Address),
  groupId: hex(32).map((g) => g as GroupId),
  value: uint256.map(cogs),
  expiration: uint256.map(blockNumber),
  authorized: uint256.map(cogs),
  signature,
})

test('every channel record reads back as it was written', () => {
  fc.assert(
    fc.property(records, (record) => {
      const read = decodeChannel(encodeChannel(record), channelKey(record.id))
      expect(plain({ ...read, signature: [...read.signature] })).toBe(
        plain({ ...record, signature: [...record.signature] }),
      )
    }),
  )
})

test('a claim reads back as it was written', () => {
  const claim = aClaim({ amount: cogs(2n ** 255n) })
  expect(decodeClaim(encodeClaim(claim), 'claim/7/3')).toEqual({ ...claim, signature: Buffer.from(claim.signature) })
})

test.each([
  ['no JSON', () => '{'],
  ['another version', (good: string) => good.replace('"version":1', '"version":2')],
  ['a field missing', (good: string) => good.replace('"authorized"', '"other"')],
  ['a negative amount', (good: string) => good.replace('"value":"1000"', '"value":"-1"')],
  ['an amount beyond 256 bits', (good: string) => good.replace('"value":"1000"', `"value":"${'9'.repeat(78)}"`)],
  ['a short address', (good: string) => good.replace('"sender":"0xaa', '"sender":"0x')],
])('a stored record with %s is an error that names its key, never an absent record', (_name, damage) => {
  const attempt = () => decodeChannel(damage(encodeChannel(aRecord())), 'channel/7')
  expect(attempt).toThrow(SnetError)
  expect(attempt).toThrow('the stored record channel/7 cannot be read')
})
