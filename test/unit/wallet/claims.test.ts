import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paymentMessage, signMessage, toAddress } from '../../../src/ethereum/index.js'
import type { EscrowChannel } from '../../../src/shared/escrow-channel.js'
import { blockNumber, type ChannelId, channelId, channelNonce, cogs, type GroupId } from '../../../src/shared/units.js'
import { claimFault, encodeClaims } from '../../../src/wallet/claims/claim-data.js'
import { planCosts } from '../../../src/wallet/claims/gas.js'
import { type ClaimSelection, type KnownClaims, roundsOf, selectClaims } from '../../../src/wallet/claims/plan.js'
import type { StartedClaim } from '../../../src/wallet/claims/provider-control.js'

const KEY = Buffer.alloc(32, 0x11)
const SIGNER = toAddress('0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A')
const ESCROW = toAddress(`0x${'ee'.repeat(20)}`)
const STRANGER = toAddress(`0x${'22'.repeat(20)}`)

const channel = (id: bigint, changes: Partial<EscrowChannel> = {}): EscrowChannel => ({
  id: channelId(id),
  nonce: channelNonce(0n),
  sender: SIGNER,
  signer: SIGNER,
  recipient: STRANGER,
  groupId: `0x${'33'.repeat(32)}` as GroupId,
  value: cogs(100n),
  expiration: blockNumber(1_000n),
  ...changes,
})
const started = (id: bigint, nonce: bigint, amount = 40n): StartedClaim => {
  const claim = { channel: channelId(id), nonce: channelNonce(nonce), amount: cogs(amount), sendback: false }
  return { ...claim, signature: signMessage(KEY, paymentMessage(ESCROW, claim)) }
}
const unclaimed = (id: bigint, nonce: bigint, amount = 40n) => ({
  channel: channelId(id),
  nonce: channelNonce(nonce),
  amount: cogs(amount),
  expiration: blockNumber(1_000n),
})
const known = (parts: Partial<KnownClaims>, ...channels: EscrowChannel[]): KnownClaims => ({
  started: [],
  unclaimed: [],
  ...parts,
  channels: new Map(channels.map((one) => [one.id, one])),
})
const ALL: ClaimSelection = { channels: undefined, minAmount: cogs(1n), expiringBy: undefined, sendback: false }
const told = (list: ReturnType<typeof selectClaims>): string[] =>
  list.claims.map((claim) => `${claim.channel}/${claim.nonce} ${claim.amount} ${claim.started ? 'begun' : 'new'}`)

describe('what there is to collect', () => {
  test('is what was begun and what was not, lowest nonce first', () => {
    const all = known(
      { started: [started(2n, 0n)], unclaimed: [unclaimed(2n, 1n, 5n), unclaimed(1n, 0n)] },
      channel(1n),
      channel(2n),
    )
    expect(told(selectClaims(all, ALL))).toEqual(['1/0 40 new', '2/0 40 begun', '2/1 5 new'])
    expect(roundsOf(selectClaims(all, ALL).claims).map((round) => round.map(({ nonce }) => nonce))).toEqual([
      [0n, 0n],
      [1n],
    ])
  })

  test('is nothing that the chain has settled already', () => {
    const later = channel(1n, { nonce: channelNonce(1n) })
    expect(
      told(selectClaims(known({ started: [started(1n, 0n)], unclaimed: [unclaimed(1n, 0n)] }, later), ALL)),
    ).toEqual([])
  })

  test('leaves out what is too small, and never what was begun', () => {
    const some = known({ started: [started(1n, 0n, 2n)], unclaimed: [unclaimed(2n, 0n, 9n)] }, channel(1n), channel(2n))
    const list = selectClaims(some, { ...ALL, minAmount: cogs(10n) })
    expect(told(list)).toEqual(['1/0 2 begun'])
    expect(list.leftOut).toEqual([{ channel: 2n, reason: '9 cogs are less than --min-amount' }])
  })

  test('can be what expires soon, or channels by their numbers', () => {
    const two = known(
      { unclaimed: [unclaimed(1n, 0n), unclaimed(2n, 0n)] },
      channel(1n),
      channel(2n, { expiration: blockNumber(50n) }),
    )
    expect(told(selectClaims(two, { ...ALL, expiringBy: 50n }))).toEqual(['2/0 40 new'])
    expect(told(selectClaims(two, { ...ALL, channels: [channelId(1n)] }))).toEqual(['1/0 40 new'])
    expect(() => selectClaims(two, { ...ALL, channels: [channelId(3n)] })).toThrow('there is no channel 3')
  })

  test('tells what a claim that sends back leaves to its sender', () => {
    const [claim] = selectClaims(known({ unclaimed: [unclaimed(1n, 0n)] }, channel(1n)), {
      ...ALL,
      sendback: true,
    }).claims
    expect(claim).toMatchObject({ sendback: true, sentBack: 60n })
  })
})

test('rounds collect each channel in the order of its nonces, whatever is begun', () => {
  const claims = fc.uniqueArray(fc.tuple(fc.bigInt(0n, 3n), fc.bigInt(0n, 3n)), { selector: String })
  fc.assert(
    fc.property(claims, (pairs) => {
      const ids = [...new Set(pairs.map(([id]) => id))]
      const list = selectClaims(
        known({ unclaimed: pairs.map(([id, nonce]) => unclaimed(id, nonce)) }, ...ids.map((id) => channel(id))),
        ALL,
      )
      const rounds = roundsOf(list.claims)
      expect(rounds.flat()).toHaveLength(pairs.length)
      const last = new Map<ChannelId, bigint>()
      for (const round of rounds) {
        expect(new Set(round.map((claim) => claim.channel)).size).toBe(round.length)
        for (const { channel: id, nonce } of round) {
          expect(nonce > (last.get(id) ?? -1n)).toBe(true)
          last.set(id, nonce)
        }
      }
    }),
  )
})

describe('a claim that the contract would refuse', () => {
  test.each([
    [
      'of another nonce',
      started(1n, 0n),
      { nonce: channelNonce(2n) },
      'the chain is at nonce 2, and this was signed under 0',
    ],
    ['of more than there is', started(1n, 0n, 101n), {}, 'it holds 100 cogs, and 101 were signed'],
    [
      'of a stranger',
      started(1n, 0n),
      { sender: STRANGER, signer: STRANGER },
      'the signature is not that of its signer or sender',
    ],
  ])('%s', (_name, claim, changes, fault) => {
    expect(claimFault(claim, channel(1n, changes), ESCROW)).toBe(fault)
    expect(claimFault(started(1n, 0n), channel(1n), ESCROW)).toBeUndefined()
  })
})

test('one goes by the call for one, several by the call for many', () => {
  expect(encodeClaims([started(1n, 0n)]).slice(0, 10)).not.toBe(
    encodeClaims([started(1n, 0n), started(2n, 0n)]).slice(0, 10),
  )
  // A client may have signed with a high s, which the contract takes.
  const high = { ...started(1n, 0n), signature: Buffer.concat([Buffer.alloc(64, 0xff), Buffer.of(28)]) }
  expect(encodeClaims([high])).toContain('ff'.repeat(64))
})

test('a claim is worth its gas from a price of the token on', () => {
  const { gas, breakEven } = planCosts({ claims: [1, 2], gasPrice: 10n }, { decimals: 8 })
  expect(gas).toBe(1_300_000n)
  // 650 000 wei for 0.5 tokens: 1 300 000 for a whole one.
  expect(breakEven(50_000_000n)).toBe(1_300_000n)
  expect(planCosts({ claims: [], gasPrice: 10n }, { decimals: 8 }).gas).toBe(0n)
})
