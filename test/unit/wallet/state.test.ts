import { describe, expect, test } from 'vitest'
import { addressOfKey, paymentMessage, signMessage, toAddress } from '../../../src/ethereum/index.js'
import type { EscrowChannel } from '../../../src/shared/escrow-channel.js'
import { blockNumber, channelId, channelNonce, cogs, type GroupId, uint256Bytes } from '../../../src/shared/units.js'
import type { ChannelStateReply } from '../../../src/shared/wire/index.js'
import { planPayment, proveState, signPayment } from '../../../src/wallet/index.js'

const key = new Uint8Array(32).fill(0x11)
const other = new Uint8Array(32).fill(0x22)
const mpe = toAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3')
const signer = addressOfKey(key)
const channel: EscrowChannel = {
  id: channelId(7n),
  nonce: channelNonce(3n),
  sender: signer,
  signer,
  recipient: addressOfKey(other),
  groupId: `0x${'ab'.repeat(32)}` as GroupId,
  value: cogs(1_000n),
  expiration: blockNumber(99_999n),
}

const signed = (nonce: bigint, amount: bigint, by = key) =>
  signMessage(by, paymentMessage(mpe, { channel: channel.id, nonce: channelNonce(nonce), amount: cogs(amount) }))
const prove = (reply: ChannelStateReply) => proveState(reply, { mpe, channel })

describe('a state is believed', () => {
  test('when nothing was signed under the chain’s nonce', () => {
    expect(prove({ current_nonce: uint256Bytes(3n) })).toEqual({ nonce: 3n, authorized: 0n, unspent: 1000n })
  })

  test('when our own signature proves the amount', () => {
    expect(
      prove({
        current_nonce: uint256Bytes(3n),
        current_signed_amount: uint256Bytes(40n),
        current_signature: signed(3n, 40n),
      }),
    ).toEqual({
      nonce: 3n,
      authorized: 40n,
      unspent: 960n,
    })
  })

  test('while a claim is under way, and then the old amount is as good as spent', () => {
    const reply = {
      current_nonce: uint256Bytes(4n),
      current_signed_amount: uint256Bytes(0n),
      old_nonce_signed_amount: uint256Bytes(600n),
      old_nonce_signature: signed(3n, 600n),
    }
    expect(prove(reply)).toEqual({ nonce: 4n, authorized: 0n, unspent: 400n })
    const paidSince = { ...reply, current_signed_amount: uint256Bytes(30n), current_signature: signed(4n, 30n) }
    expect(prove(paidSince)).toEqual({ nonce: 4n, authorized: 30n, unspent: 370n })
  })

  test('with numbers of any length', () => {
    expect(prove({ current_nonce: Buffer.from([3]) }).nonce).toBe(3n)
  })
})

describe('a lying daemon gets nothing signed', () => {
  const lies: [string, ChannelStateReply][] = [
    ['an amount without a signature', { current_nonce: uint256Bytes(3n), current_signed_amount: uint256Bytes(40n) }],
    [
      'an amount that somebody else signed',
      {
        current_nonce: uint256Bytes(3n),
        current_signed_amount: uint256Bytes(40n),
        current_signature: signed(3n, 40n, other),
      },
    ],
    [
      'a larger amount than was signed',
      { current_nonce: uint256Bytes(3n), current_signed_amount: uint256Bytes(41n), current_signature: signed(3n, 40n) },
    ],
    [
      'a signature of another nonce',
      { current_nonce: uint256Bytes(3n), current_signed_amount: uint256Bytes(40n), current_signature: signed(2n, 40n) },
    ],
    ['a nonce far ahead', { current_nonce: uint256Bytes(5n) }],
    ['a nonce behind the chain', { current_nonce: uint256Bytes(2n) }],
    ['a claim without an amount of ours', { current_nonce: uint256Bytes(4n) }],
    [
      'a claim with a forged old amount',
      {
        current_nonce: uint256Bytes(4n),
        old_nonce_signed_amount: uint256Bytes(600n),
        old_nonce_signature: signed(3n, 500n),
      },
    ],
    [
      'more signed than the channel holds',
      {
        current_nonce: uint256Bytes(3n),
        current_signed_amount: uint256Bytes(1001n),
        current_signature: signed(3n, 1001n),
      },
    ],
    ['a number longer than any', { current_nonce: Buffer.alloc(33, 1) }],
  ]
  test.each(lies)('for %s', (_name, reply) => {
    expect(() => prove(reply)).toThrow(expect.objectContaining({ kind: 'check-failed' }))
  })
})

describe('a payment', () => {
  const state = prove({
    current_nonce: uint256Bytes(3n),
    current_signed_amount: uint256Bytes(990n),
    current_signature: signed(3n, 990n),
  })

  test('adds exactly the price to what was signed before', () => {
    expect(planPayment(channel, state, cogs(10n), cogs(10n))).toEqual({
      channel: 7n,
      nonce: 3n,
      price: 10n,
      amountBefore: 990n,
      amount: 1000n,
      left: 0n,
    })
  })

  test('is refused above the caller’s bound', () => {
    expect(() => planPayment(channel, state, cogs(10n), cogs(9n))).toThrow(
      'the call costs 10 cogs, more than --max-price 9',
    )
  })

  test('is refused above what the channel has left', () => {
    expect(() => planPayment(channel, state, cogs(11n), undefined)).toThrow(
      'the call costs 11 cogs, channel 7 has 10 left',
    )
  })

  test('carries the signature of the vector', () => {
    const headers = signPayment(
      mpe,
      {
        channel: channelId(7n),
        nonce: channelNonce(3n),
        price: cogs(1n),
        amountBefore: cogs(999n),
        amount: cogs(1000n),
        left: cogs(0n),
      },
      { bytes: key, address: signer },
    )
    expect(headers).toMatchObject({
      'snet-payment-channel-id': '7',
      'snet-payment-channel-nonce': '3',
      'snet-payment-channel-amount': '1000',
    })
    expect(Buffer.from(headers['snet-payment-channel-signature-bin'] as Uint8Array).toString('hex')).toBe(
      '76923f76ff014d7009d5e7214323dd420911a89b2541e34ed80681d36a2da1374e48eb6513794e703d247e530c718684f7610c89bee255ea6acb6836cf227ab61c',
    )
  })
})
