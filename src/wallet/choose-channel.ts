import type { Provider } from 'ethers'
import type { PublishedService } from '../content/index.js'
import { SnetError } from '../shared/errors.js'
import type { EscrowChannel } from '../shared/escrow-channel.js'
import type { Address, ChannelId, Cogs } from '../shared/units.js'
import { findChannels, readChannel } from './channels.js'
import type { ProvedState } from './state.js'

interface Payer {
  readonly payer: Address
  /** The newest one. */
  readonly block: bigint
}

type Terms = Pick<PublishedService, 'recipient' | 'group' | 'expirationThreshold'>

/** A daemon is asked once for each, so not for all that somebody may have opened over the years. */
const MAX_ASKED = 16

/**
 * The channels that could pay: the wanted one, or the caller's own to this recipient and group, fullest first. Nothing
 * about them has been asked from a daemon yet. Errors: `not-found`, `wrong-state` naming what the wanted one lacks.
 */
export async function candidateChannels(
  published: Terms & Pick<PublishedService, 'mpe'>,
  wanted: ChannelId | undefined,
  { provider, ...at }: Payer & { readonly provider: Provider },
): Promise<EscrowChannel[]> {
  const { mpe, recipient, group } = published
  if (wanted !== undefined) {
    const channel = await readChannel(provider, mpe, wanted)
    if (!channel) throw new SnetError('not-found', `there is no channel ${wanted} on the escrow contract ${mpe}`)
    requireUsable(channel, published, at)
    return [channel]
  }
  const own = await findChannels(provider, { mpe, sender: at.payer, recipient, groupId: group.id })
  const open = own.filter((channel) => faultsOf(channel, published, at).length === 0)
  if (open.length > 0) return open.sort((a, b) => (a.value < b.value ? 1 : -1))
  const found = own.length === 0 ? 'has no channel' : `has ${countText(own.length)}, expired or about to expire,`
  throw new SnetError('not-found', `${at.payer} ${found} to ${recipient} (group ${group.name})`, {
    hint: 'Open or extend a channel on the escrow contract, or name one with --channel.',
  })
}

/**
 * The first channel of which enough is unspent for the price, else the one with most. What the chain holds is no
 * measure: it goes down only when the provider claims.
 */
export async function chooseFunded(
  candidates: readonly EscrowChannel[],
  price: Cogs,
  ask: (channel: EscrowChannel) => Promise<ProvedState>,
): Promise<{ readonly channel: EscrowChannel; readonly state: ProvedState }> {
  let best: { channel: EscrowChannel; state: ProvedState } | undefined
  for (const channel of candidates.slice(0, MAX_ASKED)) {
    if (best && channel.value <= best.state.unspent) break
    const state = await ask(channel)
    if (!best || state.unspent > best.state.unspent) best = { channel, state }
    if (best.state.unspent >= price) return best
  }
  if (!best) throw new SnetError('not-found', 'there is no channel to pay on')
  return best
}

/** Signing on a channel that this provider cannot be paid from only gives a signature away. Error: `wrong-state`. */
export function requireUsable(channel: EscrowChannel, terms: Terms, at: Payer): void {
  const faults = faultsOf(channel, terms, at)
  if (faults.length === 0) return
  throw new SnetError('wrong-state', `channel ${channel.id} cannot pay for this call: ${faults.join('; ')}`, {
    details: { channel: String(channel.id) },
    hint: 'Nothing was signed. Without --channel one of your own channels to this provider is picked.',
  })
}

function faultsOf(channel: EscrowChannel, terms: Terms, { payer, block }: Payer): string[] {
  const { recipient, group, expirationThreshold } = terms
  const faults: string[] = []
  if (channel.recipient !== recipient)
    faults.push(`it pays ${channel.recipient}, and the group "${group.name}" is paid at ${recipient}`)
  if (channel.groupId !== group.id)
    faults.push(`it is of group ${channel.groupId}, and the id of "${group.name}" is ${group.id}`)
  if (payer !== channel.sender && payer !== channel.signer)
    faults.push(`its sender is ${channel.sender}, its signer ${channel.signer}, and your key is that of ${payer}`)
  if (channel.expiration <= block) faults.push(`it expired at block ${channel.expiration}, the chain is at ${block}`)
  else if (channel.expiration <= block + expirationThreshold)
    faults.push(
      `it expires at block ${channel.expiration}, the chain is at ${block}, and the provider wants more than ${expirationThreshold} blocks left`,
    )
  return faults
}

const countText = (count: number): string => `${count} channel${count === 1 ? '' : 's'}`
