import { byNumbers, type KeptChannelView, type KeptClaimView } from '../render/kept.js'

/** What a daemon keeps of payments at one moment. */
export interface KeptState {
  readonly channels: readonly KeptChannelView[]
  readonly claims: readonly KeptClaimView[]
  /** The newest of the chain; undefined while the daemon knows none. */
  readonly block: bigint | undefined
}

type Kind =
  /** Shown for the first time: nobody paid on it before, or the watch begins. */
  | 'seen'
  /** More was signed; `amount` is how much more. */
  | 'signed'
  /** Its funds or the block of its end are others. */
  | 'terms'
  /** It has reached its end with something that is not claimed; `amount` is how much. */
  | 'expired'
  /** A claim of `amount` was begun, signed under `nonce`. */
  | 'claim begun'
  /** The chain has settled it for good, and it is forgotten. */
  | 'claim settled'

/** One change of one channel, as a program reads it. What is not known any more is null. */
export interface ChannelChange {
  readonly channel: string
  readonly change: Kind
  readonly nonce: string
  readonly amount: string | null
  readonly authorized: string | null
  readonly value: string | null
  readonly expiration: string | null
}

/** What has changed, in the order of the channels' numbers; without a state before, all that there is. */
export function changesOf(before: KeptState | undefined, now: KeptState): ChannelChange[] {
  const past = new Map(before?.channels.map((view) => [view.channel, view]))
  const present = new Map(now.channels.map((view) => [view.channel, view]))
  const ofChannels = now.channels.flatMap((view) => {
    const former = past.get(view.channel)
    const changes = changesOfChannel(former, view)
    if (isOver(view, now.block) && !(former && isOver(former, before?.block)))
      changes.push(['expired', view.authorized])
    return changes.map(([change, amount]) => tell(change, { channel: view.channel, nonce: view.nonce, amount }, view))
  })
  const ofClaim = (change: Kind, claim: KeptClaimView): ChannelChange => tell(change, claim, present.get(claim.channel))
  const begun = lacking(now.claims, before?.claims ?? []).map((claim) => ofClaim('claim begun', claim))
  const settled = lacking(before?.claims ?? [], now.claims).map((claim) => ofClaim('claim settled', claim))
  return [...begun, ...settled, ...ofChannels].sort((a, b) => byNumbers({ ...a, nonce: '0' }, { ...b, nonce: '0' }))
}

function changesOfChannel(
  former: KeptChannelView | undefined,
  { nonce, authorized, value, expiration }: KeptChannelView,
): [Kind, string | null][] {
  // A call holds it, and nothing is kept of it yet.
  if (nonce === null) return []
  if (!former || former.nonce === null) return [['seen', null]]
  // A claim takes what was signed, and its share of the funds; that is told as the claim.
  const isNext = former.nonce !== nonce
  const more = BigInt(authorized ?? '0') - (isNext ? 0n : BigInt(former.authorized ?? '0'))
  const hasOtherTerms = former.expiration !== expiration || (!isNext && former.value !== value)
  return [...(hasOtherTerms ? [['terms', null] as [Kind, null]] : []), ...(more > 0n ? [signed(more)] : [])]
}

const signed = (more: bigint): [Kind, string] => ['signed', String(more)]

const isOver = ({ authorized, expiration }: KeptChannelView, block: bigint | undefined): boolean =>
  block !== undefined && expiration !== null && block >= BigInt(expiration) && BigInt(authorized ?? '0') > 0n

const lacking = (claims: readonly KeptClaimView[], others: readonly KeptClaimView[]): KeptClaimView[] => {
  const known = new Set(others.map(({ channel, nonce }) => `${channel}/${nonce}`))
  return claims.filter(({ channel, nonce }) => !known.has(`${channel}/${nonce}`))
}

const tell = (
  change: Kind,
  { channel, nonce, amount }: { channel: string; nonce: string | null; amount: string | null },
  view: KeptChannelView | undefined,
): ChannelChange => ({
  ...{ channel, change, nonce: nonce ?? '0', amount },
  ...{ authorized: view?.authorized ?? null, value: view?.value ?? null, expiration: view?.expiration ?? null },
})
