import { SnetError } from '../../shared/errors.js'
import type { Address, ChannelId, Cogs } from '../../shared/units.js'
import { readChannel } from '../channels.js'
import { readFees } from '../fees.js'
import type { Sender, SettledTransaction } from '../sender.js'
import { sendOnce } from '../transactions.js'
import { claimFault, encodeClaims } from './claim-data.js'
import { MAX_TOGETHER } from './gas.js'
import { type LeftOut, type PlannedClaim, roundsOf, toPlanned } from './plan.js'
import type { ProviderControl, StartedClaim } from './provider-control.js'

export interface Collector {
  readonly sender: Sender
  readonly escrow: Address
  readonly control: ProviderControl
}

/** A claim whose money is in the provider's balance at the escrow contract. */
export interface CollectedClaim extends PlannedClaim {
  readonly transaction: SettledTransaction
}

export interface Collected {
  readonly claims: readonly CollectedClaim[]
  readonly transactions: readonly SettledTransaction[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * Begins each claim at the daemon, which then takes no more payments under its nonce, and collects it on the chain. Stopped
 * anywhere, the next run finds what was begun at the daemon and what was sent by the account's nonce, and goes on: nothing
 * is collected twice, and nothing is lost.
 */
export async function collectClaims(collector: Collector, planned: readonly PlannedClaim[]): Promise<Collected> {
  const claims: CollectedClaim[] = []
  const transactions: SettledTransaction[] = []
  const leftOut: LeftOut[] = []
  // What costs too much now is better not begun at the daemon either.
  if (planned.length > 0) await readFees(collector.sender.provider, collector.sender.maxFee)
  for (const round of roundsOf(planned)) {
    const ready: Ready[] = []
    for (const claim of round) {
      const started = claim.started ?? (await start(collector, claim, leftOut))
      const checked = started && (await check(collector, claim, started, leftOut))
      if (checked) ready.push(checked)
    }
    for (let at = 0; at < ready.length; at += MAX_TOGETHER) {
      const batch = ready.slice(at, at + MAX_TOGETHER)
      const transaction = await send(collector, batch)
      transactions.push(transaction)
      claims.push(...batch.map(({ claim }) => ({ ...claim, transaction })))
    }
  }
  return { claims, transactions, leftOut }
}

interface Ready {
  readonly claim: PlannedClaim
  readonly started: StartedClaim
}

/** Faults of one channel that keep none of the others. */
const OF_ONE_CHANNEL = ['channel-busy', 'wrong-state', 'not-found', 'storage-failed', 'upstream-failed']

async function start(
  { control, sender }: Collector,
  { channel, nonce, sendback }: PlannedClaim,
  leftOut: LeftOut[],
): Promise<StartedClaim | undefined> {
  sender.signal?.throwIfAborted()
  try {
    const started = await control.start(channel, nonce, { sendback })
    sender.tell(`The daemon has begun the claim of ${started.amount} cogs on channel ${channel}.`)
    return started
  } catch (fault) {
    if (!(fault instanceof SnetError) || !OF_ONE_CHANNEL.includes(fault.kind)) throw fault
    leftOut.push({ channel, reason: fault.message })
    return undefined
  }
}

/** The claim as it stands on the chain; undefined where the contract would refuse it, and all others of its batch with it. */
async function check(
  { sender, escrow }: Collector,
  planned: PlannedClaim,
  started: StartedClaim,
  leftOut: LeftOut[],
): Promise<Ready | undefined> {
  const channel = await readChannel(sender.provider, escrow, started.channel)
  const reason = channel ? claimFault(started, channel, escrow) : 'there is no such channel on the escrow contract'
  if (channel && reason === undefined) return { started, claim: { ...planned, ...toPlanned(started, channel) } }
  leftOut.push({ channel: started.channel, reason: reason ?? '' })
  return undefined
}

async function send({ sender, escrow }: Collector, batch: readonly Ready[]): Promise<SettledTransaction> {
  const claims = batch.map(({ started }) => started)
  const total = claims.reduce((sum, { amount }) => sum + amount, 0n) as Cogs
  const intent = `claim ${escrow} ${claims.map(({ channel, nonce }) => `${channel}/${nonce}`).join(' ')}`
  const what = `claim of ${total} cogs on ${channelsText(claims.map(({ channel }) => channel))}`
  return await sendOnce(sender, intent, async () => ({ intent, what, to: escrow, data: encodeClaims(claims) }))
}

const SHOWN = 5

function channelsText(ids: readonly ChannelId[]): string {
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : ''
  return `channel${ids.length === 1 ? '' : 's'} ${ids.slice(0, SHOWN).join(', ')}${more}`
}
