import { AbiCoder } from 'ethers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  channelOfLog,
  type ContractReader,
  createRegistryReader,
  decodeChannel,
  encodeBalanceQuery,
  encodeChannelQuery,
  encodeNextChannelQuery,
  encodeTokenQuery,
  registryId,
  toAddress,
} from '../../../src/ethereum/index.js'
import { escrowInterface, registryInterface } from '../../../src/ethereum/interfaces/index.js'
import type { SnetError } from '../../../src/shared/errors.js'
import { type Address, channelId } from '../../../src/shared/units.js'

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((of) => Buffer.from(of).toString('hex'))
const uint = fc.bigInt(0n, 2n ** 256n - 1n)
const address = hex(20).map((digits) => toAddress(`0x${digits}`))
const registry = toAddress(`0x${'12'.repeat(20)}`)

test('questions to contracts have the bytes that ethers gives them', () => {
  expect(encodeNextChannelQuery()).toBe(escrowInterface.encodeFunctionData('nextChannelId'))
  expect(encodeTokenQuery()).toBe(escrowInterface.encodeFunctionData('token'))
  fc.assert(
    fc.property(uint, address, (id, owner) => {
      expect(encodeChannelQuery(channelId(id))).toBe(escrowInterface.encodeFunctionData('channels', [id]))
      expect(encodeBalanceQuery(owner).slice(10)).toBe(AbiCoder.defaultAbiCoder().encode(['address'], [owner]).slice(2))
    }),
  )
})

test('a channel is read as it was written', () => {
  const channel = fc.record({
    ...{ nonce: uint, value: uint, expiration: uint, groupId: hex(32).map((digits) => `0x${digits}`) },
    ...{ sender: address, signer: address, recipient: address },
  })
  fc.assert(
    fc.property(channel, ({ nonce, sender, signer, recipient, groupId, value, expiration }) => {
      const words = [nonce, sender, signer, recipient, groupId, value, expiration]
      const answer = escrowInterface.encodeFunctionResult('channels', words)
      const expected = { id: 7n, nonce, sender, signer, recipient, groupId, value, expiration }
      expect(decodeChannel(channelId(7n), answer)).toEqual(/^0x0+$/.test(sender) ? undefined : expected)
    }),
  )
  expect(() => decodeChannel(channelId(7n), '0x')).toThrow('could not decode result data')
  expect(() => decodeChannel(channelId(7n), `0x${'00'.repeat(223)}`)).toThrow('could not decode result data')
})

test('a log tells its channel, whichever event it is of', () => {
  const of = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'
  const group = `0x${'ab'.repeat(32)}`
  const events: [string, unknown[], bigint | undefined][] = [
    ['ChannelOpen', [41n, 1n, of, of, of, group, 3n, 4n], 41n],
    ['ChannelClaim', [42n, 1n, of, 2n, 3n, 4n, 5n], 42n],
    ['ChannelSenderClaim', [43n, 1n, 2n], 43n],
    ['ChannelExtend', [44n, 9n], 44n],
    ['ChannelAddFunds', [45n, 9n], 45n],
    ['DepositFunds', [of, 9n], undefined],
  ]
  for (const [event, values, channel] of events)
    expect(channelOfLog(escrowInterface.encodeEventLog(event, values))).toBe(channel)
  expect(channelOfLog({ topics: [], data: '0x' })).toBeUndefined()
})

const reading = (over: Partial<ContractReader>) =>
  createRegistryReader(
    { call: () => Promise.reject(new Error('down')), codeAt: async () => '0x60', ...over },
    { address: registry, node: 'node.test' },
  )

test('the Registry is asked and understood as ethers does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.string({ maxLength: 200 }), async (isFound, uri) => {
      const asked: [Address, string][] = []
      const id = registryId('org')
      const bytes = Buffer.from(uri, 'utf8')
      const reader = reading({
        async call(to, data) {
          asked.push([to, data])
          return asked.length === 1
            ? registryInterface.encodeFunctionResult('getOrganizationById', [
                isFound,
                id,
                bytes,
                registry,
                [registry],
                [id],
              ])
            : registryInterface.encodeFunctionResult('getServiceRegistrationById', [isFound, id, bytes])
        },
      })
      const expected = isFound ? bytes.toString('utf8') : undefined
      expect(await reader.organizationUri('org')).toBe(expected)
      expect(await reader.serviceUri('org', 'svc')).toBe(expected)
      expect(asked).toEqual([
        [registry, registryInterface.encodeFunctionData('getOrganizationById', [id])],
        [registry, registryInterface.encodeFunctionData('getServiceRegistrationById', [id, registryId('svc')])],
      ])
    }),
  )
})

test.each<[string, Partial<ContractReader>, SnetError['kind']]>([
  ['nothing is at the address', { call: async () => '0x', codeAt: async () => '0x' }, 'invalid-config'],
  [
    'something else is there, which gives up',
    { call: () => Promise.reject(Object.assign(new Error('no'), { code: 'CALL_EXCEPTION' })) },
    'invalid-config',
  ],
  ['something else answers', { call: async () => `0x${'ff'.repeat(96)}` }, 'unavailable'],
  ['the answer is cut', { call: async () => `0x${'00'.repeat(31)}01${'00'.repeat(32)}` }, 'unavailable'],
  ['the node is away', {}, 'unavailable'],
])('where %s, the Registry cannot be read', async (_name, over, kind) => {
  await expect(reading(over).organizationUri('org')).rejects.toMatchObject({ kind })
})
