import { describe, expect, test } from 'vitest'
import { addressOfKey } from '../../../src/ethereum/index.js'
import type { EscrowChannel } from '../../../src/shared/escrow-channel.js'
import { blockNumber, channelId, channelNonce, cogs, type GroupId } from '../../../src/shared/units.js'
import { chooseFunded, requireUsable } from '../../../src/wallet/index.js'

const [payer, recipient, stranger] = [1, 2, 3].map((byte) => addressOfKey(new Uint8Array(32).fill(byte))) as [
  EscrowChannel['sender'],
  EscrowChannel['sender'],
  EscrowChannel['sender'],
]
const id = (byte: string): GroupId => `0x${byte.repeat(32)}` as GroupId
const terms = { recipient, group: { name: 'g', id: id('aa') }, expirationThreshold: 100n } as Parameters<
  typeof requireUsable
>[1]
const channel = (changes: Partial<EscrowChannel> = {}): EscrowChannel => ({
  id: channelId(7n),
  nonce: channelNonce(0n),
  sender: payer,
  signer: payer,
  recipient,
  groupId: id('aa'),
  value: cogs(1000n),
  expiration: blockNumber(1101n),
  ...changes,
})
const check = (changes: Partial<EscrowChannel>) => () => requireUsable(channel(changes), terms, { payer, block: 1000n })

describe('a channel pays', () => {
  test.each([
    ['its sender', { signer: stranger }],
    ['its signer', { sender: stranger }],
  ])('for %s', (_who, changes) => {
    expect(check(changes)).not.toThrow()
  })

  test.each([
    ['to another recipient', { recipient: stranger }, `it pays ${stranger}, and the group "g" is paid at ${recipient}`],
    ['of another group', { groupId: id('bb') }, `it is of group ${id('bb')}, and the id of "g" is ${id('aa')}`],
    ['of somebody else', { sender: stranger, signer: recipient }, `its sender is ${stranger}, its signer ${recipient}`],
    ['that has expired', { expiration: blockNumber(1000n) }, 'it expired at block 1000, the chain is at 1000'],
    ['about to expire', { expiration: blockNumber(1100n) }, 'it expires at block 1100, the chain is at 1000, and the'],
  ])('never one %s', (_what, changes, message) => {
    expect(check(changes)).toThrow(expect.objectContaining({ kind: 'wrong-state' }))
    expect(check(changes)).toThrow(`channel 7 cannot pay for this call: ${message}`)
  })

  test('everything that differs is told at once', () => {
    const all = {
      recipient: stranger,
      groupId: id('bb'),
      sender: stranger,
      signer: stranger,
      expiration: blockNumber(1n),
    }
    expect(check(all)).toThrow(/it pays .*; it is of group .*; its sender .*; it expired/)
  })
})

describe('of several channels', () => {
  /** What each was asked for is unspent of it. */
  const choose = async (unspent: readonly [value: bigint, left: bigint][], price: bigint) => {
    const asked: bigint[] = []
    const list = unspent.map(([value], i) => channel({ id: channelId(BigInt(i)), value: cogs(value) }))
    const { channel: chosen } = await chooseFunded(list, cogs(price), async (one) => {
      asked.push(one.id)
      return { nonce: one.nonce, authorized: cogs(0n), unspent: cogs(unspent[Number(one.id)]?.[1] as bigint) }
    })
    return { chosen: chosen.id, asked }
  }

  test('one with the price unspent is taken, not the one that holds most on chain', async () => {
    expect(await choose([[1000n, 5n], [500n, 9n], [100n, 60n]], 10n)).toEqual({ chosen: 2n, asked: [0n, 1n, 2n] }) // prettier-ignore
  })

  test('no more are asked for than are needed', async () => {
    expect(await choose([[1000n, 50n], [500n, 500n]], 10n)).toEqual({ chosen: 0n, asked: [0n] }) // prettier-ignore
    expect(await choose([[1000n, 8n], [7n, 7n]], 10n)).toEqual({ chosen: 0n, asked: [0n] }) // prettier-ignore
  })

  test('where none has enough, the one with most is told of', async () => {
    expect(await choose([[1000n, 3n], [500n, 9n], [400n, 1n]], 10n)).toMatchObject({ chosen: 1n }) // prettier-ignore
  })

  test('a daemon is asked at most 16 times', async () => {
    const many = Array.from({ length: 40 }, (): [bigint, bigint] => [1000n, 0n])
    expect((await choose(many, 10n)).asked).toHaveLength(16)
  })
})
