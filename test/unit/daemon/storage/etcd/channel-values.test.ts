import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeChannel,
  decodeClaim,
  encodeChannel,
  encodeClaim,
} from '../../../../../src/daemon/storage/etcd/channel-values.js'
import type { ChannelRecord } from '../../../../../src/daemon/payments/ports.js'
import { toAddress } from '../../../../../src/ethereum/index.js'
import { decodeGob } from '../../../../../src/shared/gob/index.js'
import { channelId, channelNonce, cogs } from '../../../../../src/shared/units.js'
import { aRecord } from '../../../../support/channel-builders.js'
import { gobVectors, vectorBytes } from '../../../../support/gob-vectors.js'

const ofType = (type: string) =>
  gobVectors()
    .filter((each) => each.type === type)
    .map((each) => [each.name, each] as const)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const namesIn = (bytes: Uint8Array): string[] => {
  const { definitions, type } = decodeGob(bytes, { bytes: 10_000, nesting: 8, definitions: 8 })
  const top = definitions.get(type)
  return top?.kind === 'struct' ? top.fields.map(({ name }) => name) : []
}

describe('a channel of the reference', () => {
  test.each(ofType('PaymentChannelData').filter(([, { value }]) => value['ChannelID'] !== null))(
    'is read: %s',
    (key, { bytes, value }) => {
      const channel = decodeChannel(bytes, key, toAddress)
      expect({ ...channel, signature: hex(channel.signature) }).toEqual({
        id: BigInt(value['ChannelID'] as string),
        nonce: BigInt(value['Nonce'] as string),
        sender: toAddress(value['Sender'] as string),
        recipient: toAddress(value['Recipient'] as string),
        groupId: value['GroupID'],
        value: BigInt(value['FullAmount'] as string),
        expiration: BigInt(value['Expiration'] as string),
        signer: toAddress(value['Signer'] as string),
        authorized: BigInt(value['AuthorizedAmount'] as string),
        signature: hex(vectorBytes(value['Signature'])),
      })
      // What we make of it says the same, in the same fields.
      expect(decodeChannel(encodeChannel(channel), key, toAddress)).toEqual(channel)
      expect(namesIn(encodeChannel(channel))).toEqual(namesIn(bytes))
    },
  )

  test('without its numbers is damage, which names the key', () => {
    const [vector] = ofType('PaymentChannelData').filter(([, { value }]) => value['ChannelID'] === null)
    expect(() => decodeChannel(vector?.[1].bytes as Buffer, 'a/key', toAddress)).toThrow(
      'the stored record a/key cannot be read: field ChannelID is missing',
    )
  })

  test('is the same for every number of the contract', () => {
    const number = fc.bigInt(0n, 2n ** 256n - 1n)
    fc.assert(
      fc.property(number, number, fc.uint8Array({ minLength: 65, maxLength: 65 }), (id, amount, signature) => {
        signature[64] = 27
        const [sender, signer, recipient] = ['11', '22', '33'].map((byte) => toAddress(`0x${byte.repeat(20)}`))
        const record = {
          ...aRecord({ id: channelId(id), nonce: channelNonce(amount), authorized: cogs(amount), signature }),
          ...{ sender, signer, recipient },
        }
        expect(decodeChannel(encodeChannel(record as ChannelRecord), 'key', toAddress)).toEqual(record)
      }),
    )
  })

  test('has a signature that the contract takes, though a client sent the other spelling', () => {
    const sent = Uint8Array.from({ length: 65 }, (_, index) => (index === 64 ? 1 : 9))
    const { signature } = decodeChannel(encodeChannel(aRecord({ signature: sent })), 'key', toAddress)
    expect([...signature.slice(63)]).toEqual([9, 28])
  })

  test('of other bytes is damage', () => {
    expect(() => decodeChannel(Buffer.from('{}'), 'key', toAddress)).toThrow('the stored record key cannot be read')
    expect(() => decodeChannel(ofType('Payment')[0]?.[1].bytes as Buffer, 'key', toAddress)).toThrow('cannot be read')
  })
})

describe('a claim of the reference', () => {
  test.each(ofType('Payment'))('is read: %s', (key, { bytes, value }) => {
    const claim = decodeClaim(bytes, key)
    expect({ ...claim, signature: hex(claim.signature) }).toEqual({
      channel: BigInt(value['ChannelID'] as string),
      nonce: BigInt(value['ChannelNonce'] as string),
      amount: BigInt(value['Amount'] as string),
      signature: hex(vectorBytes(value['Signature'])),
    })
    expect(decodeClaim(encodeClaim(claim), key)).toEqual(claim)
    expect(namesIn(encodeClaim(claim))).toEqual(namesIn(bytes))
  })

  test('that sends the rest back says so in a field more', () => {
    const claim = {
      channel: channelId(7n),
      nonce: channelNonce(3n),
      amount: cogs(5n),
      signature: new Uint8Array(65).fill(27),
      sendback: true,
    }
    expect(decodeClaim(encodeClaim(claim), 'key')).toEqual(claim)
    expect(namesIn(encodeClaim(claim)).at(-1)).toBe('Sendback')
  })
})
