import { SnetError } from '../../../shared/errors.js'
import { type ChannelNonce, channelNonce, type Cogs } from '../../../shared/units.js'
import type { ChannelReading, ChannelRecord, StateRequest } from '../ports.js'
import type { EscrowDeps } from './deps.js'
import { isParty, noChannel } from './judge-payment.js'
import { newestBlock } from './newest-block.js'
import { readFresh } from './read-fresh.js'
import { requireRecent } from './require-recent.js'
import { whenAsking } from './steps.js'

/** An amount somebody signed, with the signature. */
export interface SignedAmount {
  readonly amount: Cogs
  readonly signature: Uint8Array
}

/** What a channel's own people learn of it (snet-wire 1.1). */
export interface ChannelState {
  readonly nonce: ChannelNonce
  /** Absent when nothing was signed under `nonce`. */
  readonly current?: SignedAmount
  /** What a claim that is still under way collects, signed under the nonce before. */
  readonly old?: SignedAmount
}

/**
 * Answers GetChannelState. Signer and recipient may ask as well as the sender. The answer rests on a chain reading of
 * this moment, because clients take the next nonce and their unspent funds from it; a cached one serves only while the
 * chain does not answer.
 */
export async function readChannelState(deps: EscrowDeps, request: StateRequest): Promise<ChannelState> {
  const { mpe } = deps.terms.current
  const signer = deps.signers.ofStateRequest(mpe, request)
  if (!signer) throw new SnetError('unauthenticated', 'incorrect signature')

  const cached = deps.escrow.cached(request.channel)
  const known = cached ?? (await whenAsking.refresh(deps.escrow, request.channel))
  if (known.channel && !isParty(signer, known.channel)) {
    throw new SnetError('unauthenticated', 'only channel signer/sender/receiver can get latest channel state')
  }
  const reading = cached ? await readFresh(deps.escrow, request.channel, cached).catch(whenAsking.fail) : known
  const record = await deps.channels.read(request.channel).catch(whenAsking.fail)
  const channel = whenAsking.merge(reading, record, deps.terms.current)
  if (!channel) throw noChannel(request.channel)
  await requireRecent(deps.blocks, request.block, newestBlock(deps.blocks, reading))
  return await stateOf(deps, channel, reading)
}

async function stateOf(deps: EscrowDeps, channel: ChannelRecord, reading: ChannelReading): Promise<ChannelState> {
  const chainNonce = (reading.channel as NonNullable<typeof reading.channel>).nonce
  if (channel.nonce === chainNonce) {
    if (channel.signature.length === 0) return { nonce: channel.nonce }
    return { nonce: channel.nonce, current: { amount: channel.authorized, signature: channel.signature } }
  }
  // Merging lets a stored nonce differ from the chain's only while our claim waits to be settled.
  const claim = await deps.channels.readClaim(channel.id, channelNonce(channel.nonce - 1n))
  if (!claim) {
    throw new SnetError(
      'wrong-state',
      'channel has different nonce in local storage and blockchain and old payment is not found in storage',
      { details: { channel: String(channel.id), stored: String(channel.nonce), chain: String(chainNonce) } },
    )
  }
  return {
    nonce: channel.nonce,
    current: { amount: channel.authorized, signature: channel.signature },
    old: { amount: claim.amount, signature: claim.signature },
  }
}
