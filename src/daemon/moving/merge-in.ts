import type { ChannelRecord, PendingClaim } from '../payments/index.js'
import type { Fault, Judge } from './judge.js'
import { compareChannels, compareClaims, joinChannel, joinClaim } from './merge.js'
import type { Outcome } from './moved-table.js'
import type { Place } from './place.js'

/** What became of a record; `fault` where it breaks a rule. */
export interface Merged {
  readonly outcome: Outcome | 'left out'
  readonly fault?: Fault
}

/**
 * Merges one channel in. A record that breaks a rule replaces nothing; where nothing is kept it is better than nothing:
 * what was paid under its nonce buys nothing twice.
 */
export async function mergeChannelIn(place: Place, judge: Judge, came: ChannelRecord): Promise<Merged> {
  const fault = judge.ofChannel(came)
  let outcome: Merged['outcome'] = 'kept'
  await place.change(came.id, async (kept) => {
    outcome = fault && kept && compareChannels(kept, came) !== 0 ? 'left out' : 'kept'
    if (outcome === 'left out') return undefined
    const { channel, older } = joinChannel(kept, came)
    const claim = older && (await raisedClaim(place, older))
    const isChanged = !kept || compareChannels(kept, channel) !== 0
    if (!isChanged && !claim) return undefined
    outcome = kept ? 'raised' : 'added'
    return { channel, ...(claim && { claim }) }
  })
  return { outcome, ...(fault && { fault }) }
}

/** Merges one claim in, beside its channel, which has to be kept already and under a later nonce. */
export async function mergeClaimIn(place: Place, judge: Judge, came: PendingClaim): Promise<Merged> {
  let outcome: Merged['outcome'] = 'kept'
  let fault: Fault | undefined
  await place.change(came.channel, async (channel) => {
    fault = judge.ofClaim(came, channel)
    const kept = await place.readClaim(came.channel, came.nonce)
    const isFitting = channel !== undefined && came.nonce < channel.nonce
    outcome = isFitting && !(fault && kept && compareClaims(kept, came) !== 0) ? 'kept' : 'left out'
    const claim = outcome === 'left out' ? undefined : await raisedClaim(place, came)
    if (!channel || !claim) return undefined
    outcome = kept ? 'raised' : 'added'
    return { channel, claim }
  })
  return { outcome, ...(fault && { fault }) }
}

/** Undefined where what is kept of it already stands. */
async function raisedClaim(place: Place, came: PendingClaim): Promise<PendingClaim | undefined> {
  const kept = await place.readClaim(came.channel, came.nonce)
  const claim = joinClaim(kept, came)
  return kept && compareClaims(kept, claim) === 0 ? undefined : claim
}
