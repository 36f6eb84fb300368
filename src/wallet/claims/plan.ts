import { SnetError } from '../../shared/errors.js'
import type { EscrowChannel } from '../../shared/escrow-channel.js'
import { type BlockNumber, type ChannelId, type ChannelNonce, type Cogs, cogs } from '../../shared/units.js'
import type { StartedClaim, Unclaimed } from './provider-control.js'

/** Which channels a provider wants to collect from. */
export interface ClaimSelection {
  /** Undefined for all. */
  readonly channels: readonly ChannelId[] | undefined
  readonly minAmount: Cogs
  /** Only those that expire at this block or before. */
  readonly expiringBy: bigint | undefined
  readonly sendback: boolean
}

/** One claim to be collected, and whether the daemon has begun it. */
export interface PlannedClaim {
  readonly channel: ChannelId
  readonly nonce: ChannelNonce
  readonly amount: Cogs
  readonly expiration: BlockNumber
  readonly sendback: boolean
  /** What its sender gets back. */
  readonly sentBack: Cogs
  readonly started: StartedClaim | undefined
}

export interface LeftOut {
  readonly channel: ChannelId
  readonly reason: string
}

export interface ClaimList {
  /** Lowest channel first; of one channel the lowest nonce, which has to be collected first. */
  readonly claims: readonly PlannedClaim[]
  readonly leftOut: readonly LeftOut[]
}

export interface KnownClaims {
  readonly started: readonly StartedClaim[]
  readonly unclaimed: readonly Unclaimed[]
  /** As the chain has them now. */
  readonly channels: ReadonlyMap<ChannelId, EscrowChannel>
}

/**
 * What is there to be collected of what is wanted. A claim that was begun is always among it, however small: what was signed
 * after it cannot be collected before it. Error: `not-found` for a named channel that does not exist.
 */
export function selectClaims({ started, unclaimed, channels }: KnownClaims, selection: ClaimSelection): ClaimList {
  const { channels: wanted } = selection
  const unknown = (wanted ?? []).filter((id) => !channels.has(id))
  if (unknown.length > 0)
    throw new SnetError('not-found', `there is no channel ${unknown.join(', ')} on the escrow contract`)
  const leftOut: LeftOut[] = []
  const isWanted = (id: ChannelId): boolean => wanted === undefined || wanted.includes(id)
  const planned: PlannedClaim[] = []
  for (const claim of started) {
    const channel = channels.get(claim.channel)
    if (!isWanted(claim.channel) || !channel || channel.nonce > claim.nonce) continue
    if (isLate(channel, selection)) planned.push({ ...toPlanned(claim, channel), started: claim })
  }
  for (const found of unclaimed) {
    const channel = channels.get(found.channel)
    if (!isWanted(found.channel) || !channel || !isLate(channel, selection)) continue
    if (found.nonce < channel.nonce) continue
    if (found.amount < selection.minAmount) {
      leftOut.push({ channel: found.channel, reason: `${found.amount} cogs are less than --min-amount` })
    } else planned.push({ ...toPlanned({ ...found, sendback: selection.sendback }, channel), started: undefined })
  }
  return { claims: planned.sort(byChannelAndNonce), leftOut }
}

const isLate = ({ expiration }: EscrowChannel, { expiringBy }: ClaimSelection): boolean =>
  expiringBy === undefined || expiration <= expiringBy

/** A claim beside the channel that it is of. */
export function toPlanned(
  { channel: id, nonce, amount, sendback }: Omit<StartedClaim, 'signature'>,
  { value, expiration }: EscrowChannel,
): Omit<PlannedClaim, 'started'> {
  const sentBack = cogs(sendback && value > amount ? value - amount : 0n)
  return { channel: id, nonce, amount, expiration, sendback, sentBack }
}

const byChannelAndNonce = (a: PlannedClaim, b: PlannedClaim): number =>
  a.channel === b.channel ? (a.nonce < b.nonce ? -1 : 1) : a.channel < b.channel ? -1 : 1

/** Claims that can be collected at once: at most one of each channel, those of low nonces first. */
export function roundsOf(claims: readonly PlannedClaim[]): PlannedClaim[][] {
  const rounds: PlannedClaim[][] = []
  const taken = new Map<ChannelId, number>()
  for (const claim of claims) {
    const at = taken.get(claim.channel) ?? 0
    taken.set(claim.channel, at + 1)
    ;(rounds[at] ??= []).push(claim)
  }
  return rounds
}
