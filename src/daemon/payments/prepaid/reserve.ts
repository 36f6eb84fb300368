import { type Address, type ChannelId, type ChannelNonce, cogs, type Cogs } from '../../../shared/units.js'
import {
  judgeExpiration,
  newestBlock,
  noPrice,
  type Refusal,
  refuse,
  staleNonce,
  unknownChannel,
  whenPaying,
} from '../escrow/index.js'
import type { ChannelReading, ChannelRecord, Process } from '../ports.js'
import { priceOfCall } from '../price-of-call.js'
import type { PaidCall, Reservation } from '../reservation.js'
import type { PrepaidDeps } from './deps.js'
import { type ReadToken, readToken } from './token.js'

/** What a client shows for one call that was paid ahead, from the prepaid headers. */
export interface ShownToken {
  readonly channel: ChannelId
  readonly token: string
  /** Undefined where the client sends none, and then it is not judged. */
  readonly nonce: ChannelNonce | undefined
}

/**
 * Uses what was planned on the channel for one call. The channel is not held, so any number of calls goes on at once.
 * Order of what is judged: price, channel, token, usage (snet-wire 4.4, and 4.2 for the channel).
 */
export async function reservePrepaid(deps: PrepaidDeps, shown: ShownToken, call: PaidCall): Promise<Reservation> {
  const token = await readToken(deps.tokens, shown.token, shown.channel)
  const judging = 'user' in token ? call.onPayer?.(token.user) : undefined
  if (judging) await judging
  const price = await findPrice(deps, call, token)
  // Who has no token is told of the channel as it is known, and costs the node nothing more.
  await requireChannel(deps, shown, { mayAskAgain: 'user' in token })
  if ('refusal' in token) throw token.refusal
  const process = await deps.usages.begin(shown.channel, price)
  return reservationOf(deps, shown.channel, { payer: token.user, price, process })
}

/** Nobody without a token makes the service work to name a price, and his call comes not so far that it matters. */
async function findPrice(
  { prices: { current: prices } }: PrepaidDeps,
  call: PaidCall,
  token: ReadToken,
): Promise<Cogs> {
  if ('refusal' in token && prices.askedAt?.(call.method) !== undefined) return cogs(0n)
  const price = (await priceOfCall(prices, call))()
  if (price === undefined) throw noPrice(call.method)
  return price
}

async function requireChannel(
  deps: PrepaidDeps,
  shown: ShownToken,
  { mayAskAgain }: { readonly mayAskAgain: boolean },
): Promise<void> {
  const cached = deps.escrow.cached(shown.channel)
  const reading = cached ?? (await whenPaying.refresh(deps.escrow, shown.channel))
  // A plan outlives nonces, so that a call is let in by a record that is old; it is refused by the newest.
  const seen = deps.channels.seen?.(shown.channel)
  if (seen && !judgeChannel(deps, shown, seen, reading)) return
  const record = await deps.channels.read(shown.channel).catch(whenPaying.fail)
  let refusal = judgeChannel(deps, shown, record, reading)
  if (refusal?.restsOnChain && cached && mayAskAgain)
    refusal = judgeChannel(deps, shown, record, await whenPaying.refresh(deps.escrow, shown.channel))
  if (refusal) throw refusal.refusal
}

/** A plan outlives its channel's nonces, so the one before a claim is as good as the one after it. */
function judgeChannel(
  { blocks, terms }: PrepaidDeps,
  shown: ShownToken,
  record: ChannelRecord | undefined,
  reading: ChannelReading,
): Refusal | undefined {
  const channel = whenPaying.merge(reading, record, terms.current)
  if (!channel) return refuse(unknownChannel(shown.channel), { restsOnChain: true })
  const nonces = [channel.nonce, record?.nonce, reading.channel?.nonce]
  if (shown.nonce !== undefined && !nonces.includes(shown.nonce))
    return refuse(staleNonce(shown.nonce, channel), { restsOnChain: true })
  const { expirationThreshold } = terms.current
  const expired = judgeExpiration(channel, { block: () => newestBlock(blocks, reading), expirationThreshold })
  return expired && refuse(expired, { restsOnChain: true })
}

function reservationOf(
  { usages }: PrepaidDeps,
  channel: ChannelId,
  { payer, price, process }: { readonly payer: Address; readonly price: Cogs; readonly process: Process },
): Reservation {
  let isKept = false
  return {
    payer,
    income: price,
    lost: process.lost,
    async commit() {
      await usages.keep(channel, price, process)
      isKept = true
    },
    async [Symbol.asyncDispose]() {
      if (!isKept) await usages.refund(channel, price, process)
    },
  }
}
