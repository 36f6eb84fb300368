import { SnetError } from '../../../shared/errors.js'
import { type ChannelId, channelNonce, cogs } from '../../../shared/units.js'
import { mergeChannel, readFresh } from '../escrow/index.js'
import type { ChannelReading, ChannelRecord, ChannelWrite, PendingClaim } from '../ports.js'
import type { ClaimsDeps } from './deps.js'
import { requireMpe, requireProviderOf, type SignedByProvider } from './require-provider.js'

export interface StartClaim extends SignedByProvider {
  readonly channel: ChannelId
  /** The claim will send what is left back to the sender. */
  readonly sendback: boolean
}

/** Authenticates the start of one claim, by the nonce that the channel has now, and begins it. */
export async function startClaim(deps: ClaimsDeps, request: StartClaim): Promise<PendingClaim> {
  requireMpe(deps.terms.current, request)
  const cached = deps.escrow.cached(request.channel)
  if (cached) await requireProviderNear(deps, request, cached)
  const reading = await readFresh(deps.escrow, request.channel, cached)
  const channel = await mergeNow(deps, request.channel, reading)
  const nonce = channel?.nonce ?? channelNonce(0n)
  requireProviderOf(deps, request, { asks: 'claim', ...request, nonce })
  return await beginClaim(deps, request, reading)
}

/** By a reading that is not of now the nonce may be one behind; whoever signed neither costs no request to the node. */
async function requireProviderNear(deps: ClaimsDeps, request: StartClaim, cached: ChannelReading): Promise<void> {
  const { nonce = channelNonce(0n) } = (await mergeNow(deps, request.channel, cached)) ?? {}
  try {
    requireProviderOf(deps, request, { asks: 'claim', ...request, nonce: channelNonce(nonce + 1n) })
  } catch {
    requireProviderOf(deps, request, { asks: 'claim', ...request, nonce })
  }
}

const mergeNow = async (
  { channels, terms }: Pick<ClaimsDeps, 'channels' | 'terms'>,
  id: ChannelId,
  { channel }: ChannelReading,
): Promise<ChannelRecord | undefined> => mergeChannel(channel, await channels.read(id), terms.current)

/** Moves the channel to its next nonce and keeps what was signed under this one as a claim, in one transaction. */
export async function beginClaim(
  deps: Pick<ClaimsDeps, 'channels' | 'terms'>,
  { channel: id, sendback }: Pick<StartClaim, 'channel' | 'sendback'>,
  reading: ChannelReading,
): Promise<PendingClaim> {
  // What needs no hold is refused without one: it would keep a client's call out.
  judgeClaim(id, await mergeNow(deps, id, reading), sendback)
  await using hold = await deps.channels.hold(id, undefined, 0, 'the start of a claim')
  const write = judgeClaim(id, mergeChannel(reading.channel, hold.record, deps.terms.current), sendback)
  await hold.commit(write)
  return write.claim
}

/** What the start of a claim changes. Throws where there is nothing to claim. */
function judgeClaim(
  id: ChannelId,
  channel: ChannelRecord | undefined,
  sendback: boolean,
): ChannelWrite & { readonly claim: PendingClaim } {
  if (!channel) {
    throw new SnetError('not-found', `channel Id ${id} was not found on blockchain or storage`, {
      hint: 'Check the number, and that this daemon is of the network that the channel is on.',
    })
  }
  const { nonce, authorized, signature, value } = channel
  if (authorized === 0n) {
    throw new SnetError('wrong-state', `authorized amount is zero , hence nothing to claim on the channel Id: ${id}`, {
      hint: 'A claim that was begun before is in the list of those in progress.',
    })
  }
  const left = sendback || value < authorized ? 0n : value - authorized
  return {
    channel: {
      ...channel,
      nonce: channelNonce(nonce + 1n),
      value: cogs(left),
      authorized: cogs(0n),
      signature: new Uint8Array(),
    },
    claim: { channel: id, nonce, amount: authorized, signature, ...(sendback && { sendback }) },
  }
}
