import { paymentMessage, signerOf, toChainSignature } from '../../ethereum/index.js'
import { escrowInterface } from '../../ethereum/interfaces/index.js'
import type { EscrowChannel } from '../../shared/escrow-channel.js'
import type { Address } from '../../shared/units.js'
import type { StartedClaim } from './provider-control.js'

/** Data of the transaction that collects these claims: one at a time, or many at once. */
export function encodeClaims(claims: readonly StartedClaim[]): string {
  const parts = claims.map((claim) => ({ ...claim, ...splitSignature(claim.signature) }))
  const [only] = parts
  if (only && parts.length === 1) {
    const { channel, amount, v, r, s, sendback } = only
    return escrowInterface.encodeFunctionData('channelClaim', [channel, amount, amount, v, r, s, sendback])
  }
  const amounts = parts.map(({ amount }) => amount)
  return escrowInterface.encodeFunctionData('multiChannelClaim', [
    parts.map(({ channel }) => channel),
    amounts,
    amounts,
    parts.map(({ sendback }) => sendback),
    parts.map(({ v }) => v),
    parts.map(({ r }) => r),
    parts.map(({ s }) => s),
  ])
}

/** By hand: the contract takes a high s, which libraries refuse. */
function splitSignature(given: Uint8Array): { readonly v: number; readonly r: Uint8Array; readonly s: Uint8Array } {
  const signature = toChainSignature(given) ?? given
  return { r: signature.subarray(0, 32), s: signature.subarray(32, 64), v: signature[64] ?? 0 }
}

/** Why the escrow contract would refuse it now; undefined where it would not. */
export function claimFault(claim: StartedClaim, channel: EscrowChannel, escrow: Address): string | undefined {
  const { nonce, amount, signature } = claim
  if (channel.nonce !== nonce) return `the chain is at nonce ${channel.nonce}, and this was signed under ${nonce}`
  if (amount > channel.value) return `it holds ${channel.value} cogs, and ${amount} were signed`
  const signer = signerOf(paymentMessage(escrow, claim), signature)
  if (signer === channel.signer || signer === channel.sender) return undefined
  return 'the signature is not that of its signer or sender'
}
