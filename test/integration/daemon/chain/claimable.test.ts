import { toBeHex, zeroPadValue } from 'ethers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSigners } from '../../../../src/daemon/chain/index.js'
import type { SignedPayment } from '../../../../src/daemon/payments/ports.js'
import { addressOfPublicKey } from '../../../../src/ethereum/address.js'
import { type Curve, nativeCurve, wasmCurve } from '../../../../src/ethereum/curve.js'
import { keccak256, messageDigest, paymentMessage, signerOf } from '../../../../src/ethereum/index.js'
import { escrowInterface } from '../../../../src/ethereum/interfaces/index.js'
import { type Address, type ChannelId, uint256Bytes } from '../../../../src/shared/units.js'
import { type EscrowChain, startEscrowChain } from '../../../support/escrow-chain.js'
import { quietLog } from '../../../support/quiet-log.js'
import { openReplica } from './harness.js'

const AMOUNT = 10n
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const PRIME = 2n ** 256n - 2n ** 32n - 977n
const ONES = 2n ** 256n - 1n
const NOBODY = `0x${'42'.repeat(20)}` as Address

interface Parts {
  readonly r: bigint
  readonly s: bigint
  readonly v: number
}

const bytesOf = ({ r, s, v }: Parts): Uint8Array => Buffer.concat([uint256Bytes(r), uint256Bytes(s), Uint8Array.of(v)])
const partsOf = (signature: Uint8Array): Parts => {
  const number = (from: number) => BigInt(`0x${Buffer.from(signature.subarray(from, from + 32)).toString('hex')}`)
  return { r: number(0), s: number(32), v: signature[64] as number }
}

let chain: EscrowChain
let channel: ChannelId
let honest: Parts
let curves: readonly Curve[]
beforeAll(async () => {
  chain = await startEscrowChain()
  channel = await chain.open()
  honest = partsOf(chain.sign(channel, { amount: AMOUNT }).signature)
  curves = [nativeCurve(), await wasmCurve()]
})
afterAll(() => chain?.[Symbol.asyncDispose]())

/** Whether the contract would pay out for this signature on a channel of `signer`'s, asked of its own code. */
async function contractTakes({ r, s, v }: Parts, signer: Address, sender: Address = NOBODY): Promise<boolean> {
  // `channels` is the contract's first field, sender and signer are the second and third of each.
  const slot = BigInt(
    `0x${Buffer.from(keccak256(Buffer.concat([uint256Bytes(channel), uint256Bytes(0n)]))).toString('hex')}`,
  )
  const stateDiff = {
    [toBeHex(slot + 1n, 32)]: zeroPadValue(sender, 32),
    [toBeHex(slot + 2n, 32)]: zeroPadValue(signer, 32),
  }
  const parts = [v, toBeHex(r, 32), toBeHex(s, 32)]
  const data = escrowInterface.encodeFunctionData('channelClaim', [channel, AMOUNT, AMOUNT, ...parts, false])
  const call = { from: chain.provider.address, to: chain.contracts.mpe, data }
  try {
    await chain.control('eth_call', call, 'latest', { [chain.contracts.mpe]: { stateDiff } })
    return true
  } catch (refusal) {
    expect(String(refusal)).toContain('Invalid signature')
    return false
  }
}

/** Whoever a reading of recovery ids as broad as the curve's own finds; a thief makes him the channel's signer. */
function bestSigner(message: Uint8Array, parts: Parts): Address {
  try {
    const key = (curves[0] as Curve).recover(messageDigest(message), bytesOf(parts).subarray(0, 64), (parts.v % 27) & 3)
    return addressOfPublicKey(key)
  } catch {
    return NOBODY
  }
}

const asOnChain = (parts: Parts): Parts => (parts.v < 2 ? { ...parts, v: parts.v + 27 } : parts)

const hardNumbers = [0n, 1n, 2n, ORDER / 2n, ORDER / 2n + 1n, ORDER - 1n, ORDER, ORDER + 1n, ORDER + 2n, PRIME, ONES]
const aNumber = fc.oneof(fc.constantFrom(...hardNumbers), fc.bigInt(1n, 60n), fc.bigInt(0n, ONES))
const anyV = fc.oneof(fc.constantFrom(0, 1, 2, 3, 27, 28, 29, 30, 54, 55), fc.nat(255))

test('the gate takes exactly the signatures that the escrow contract takes, on either curve library', async () => {
  const message = paymentMessage(chain.contracts.mpe, chain.sign(channel, { amount: AMOUNT }))
  const parts = fc.oneof(
    fc.record({ r: aNumber, s: aNumber, v: anyV }),
    anyV.map((v) => ({ ...honest, v })),
    anyV.map((v) => ({ ...honest, s: ORDER - honest.s, v })),
    fc.record({ r: fc.constant(honest.r), s: aNumber, v: anyV }),
    fc.record({ r: aNumber, s: fc.constant(honest.s), v: anyV }),
  )
  let taken = 0
  await fc.assert(
    fc.asyncProperty(parts, async (sent) => {
      const signer = bestSigner(message, sent)
      const onChain = await contractTakes(asOnChain(sent), signer)
      if (onChain) taken++
      for (const curve of curves) expect(signerOf(message, bytesOf(sent), curve) === signer).toBe(onChain)
    }),
    { numRuns: 200 },
  )
  expect(taken).toBeGreaterThan(20)
})

test.each([
  ['as clients sign', () => honest],
  ['with v counted from 0', () => ({ ...honest, v: honest.v - 27 })],
  ['with a high s', () => ({ ...honest, s: ORDER - honest.s, v: 55 - honest.v })],
  ['with a high s and v counted from 0', () => ({ ...honest, s: ORDER - honest.s, v: 28 - honest.v })],
])('a payment signed %s is kept in the form that the contract pays out for', async (_name, parts) => {
  await using replica = await openReplica(chain)
  const payment: SignedPayment = { ...chain.sign(channel, { amount: AMOUNT }), signature: bytesOf(parts()) }
  expect(await replica.pay(payment)).toBe('paid')
  const kept = (await replica.channels.read(channel))?.signature ?? expect.fail('nothing was kept')
  expect(await contractTakes(partsOf(kept), chain.client.address as Address)).toBe(true)
})

test('a channel made for a signer whom only a recovery id of 2 or 3 finds buys nothing', async () => {
  await using replica = await openReplica(chain)
  const message = paymentMessage(chain.contracts.mpe, chain.sign(channel, { amount: AMOUNT }))
  const thefts = Array.from({ length: 50 }, (_, i) => ({ r: BigInt(i + 1), s: 7n, v: 29 + (i % 2) }))
  const theft = thefts.find((parts) => bestSigner(message, parts) !== NOBODY) ?? expect.fail('no such point')
  expect(await contractTakes(theft, bestSigner(message, theft))).toBe(false)
  const payment: SignedPayment = { ...chain.sign(channel, { amount: AMOUNT }), signature: bytesOf(theft) }
  expect(await replica.pay(payment)).toBe('payment-rejected: payment signature is not valid')
})

test('on a channel of the zero address, where the contract takes anything, the gate takes nothing', async () => {
  const zero = `0x${'00'.repeat(20)}` as Address
  const nonsense = { r: 0n, s: 0n, v: 27 }
  expect(await contractTakes(nonsense, zero)).toBe(true)
  const signers = openSigners({ log: quietLog() })
  const payment = { ...chain.sign(channel, { amount: AMOUNT }), signature: bytesOf(nonsense) }
  expect(signers.ofPayment(chain.contracts.mpe, payment)).toBeUndefined()
})
