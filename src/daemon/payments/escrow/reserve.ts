import type { Address } from '../../../shared/units.js'
import type { ChannelHold, ChannelReading, ChannelRecord, SignedPayment } from '../ports.js'
import type { PaidCall, Reservation } from '../reservation.js'
import { type KnownPrice, priceOfCall } from '../price-of-call.js'
import type { EscrowDeps } from './deps.js'
import { judgePayment, ownsChannel, type Verdict } from './judge-payment.js'
import { newestBlock } from './newest-block.js'
import { readFresh } from './read-fresh.js'
import { whenPaying } from './steps.js'
import { writeOf } from './write-of.js'

/**
 * Takes the channel for one call, if the payment buys it. On the ordinary road this is one storage transaction and no
 * chain request; the chain is asked again only before a refusal that rests on its state.
 */
export async function reserveEscrow(deps: EscrowDeps, payment: SignedPayment, call: PaidCall): Promise<Reservation> {
  const terms = deps.terms.current
  const apart = deps.signers.ofPaymentApart?.(terms.mpe, payment)
  const claimable = apart ? await apart : deps.signers.ofPayment(terms.mpe, payment)
  const signer = claimable?.signer
  const toKeep: SignedPayment = { ...payment, ...(claimable && { signature: claimable.signature }) }
  const judge = (record: ChannelRecord | undefined, reading: ChannelReading, price: KnownPrice): Verdict =>
    judgePayment(toKeep, whenPaying.merge(reading, record, terms), {
      method: call.method,
      signer,
      isAllowed: signer === undefined || (deps.mayPay?.(signer) ?? true),
      price,
      block: () => newestBlock(deps.blocks, reading),
      expirationThreshold: terms.expirationThreshold,
    })

  const cached = deps.escrow.cached(payment.channel)
  const reading = cached ?? (await whenPaying.refresh(deps.escrow, payment.channel))
  const owner = await refuseStrangers(deps, payment, signer, reading, (record) => judge(record, reading, notAsked))
  const judging = call.onPayer?.(owner)
  if (judging) await judging

  const price = await priceOfCall(deps.prices.current, call)
  const hold = await deps.channels.hold(payment.channel, call.cancelled, 0, `a call of ${call.method}`)
  try {
    let verdict = judge(hold.record, reading, price)
    if (!verdict.ok && verdict.restsOnChain && cached) {
      verdict = judge(hold.record, await whenPaying.refresh(deps.escrow, payment.channel), price)
    }
    if (verdict.ok && cached && deps.escrow.spend(payment.channel)) {
      // While the node is away a cached reading goes on counting, for as long as it may.
      const fresh = await readFresh(deps.escrow, payment.channel, cached).catch(whenPaying.fail)
      verdict = judge(hold.record, fresh, price)
    }
    if (!verdict.ok) throw verdict.refusal
    return reservationOf(hold, verdict, deps.onKept)
  } catch (refusal) {
    await hold[Symbol.asyncDispose]()
    throw refusal
  }
}

/** No stranger's payment comes so far that its price matters, so that he makes nobody work to name one. */
const notAsked: KnownPrice = () => undefined

/**
 * Whose channel it is. A signer who is not the channel's owner is turned away without a hold and without a chain request, so that
 * nobody can keep a channel busy, or a node busy, that is not his own.
 */
async function refuseStrangers(
  deps: EscrowDeps,
  payment: SignedPayment,
  signer: Address | undefined,
  reading: ChannelReading,
  judge: (record: ChannelRecord | undefined) => Verdict,
): Promise<Address> {
  const { channel } = reading
  const isOwner = channel && ownsChannel(signer, channel)
  if (isOwner && (deps.mayPay?.(signer) ?? true)) return channel.sender
  const record = await deps.channels.read(payment.channel).catch(whenPaying.fail)
  const verdict = judge(record)
  if (!verdict.ok) throw verdict.refusal
  return verdict.channel.sender
}

function reservationOf(
  hold: ChannelHold,
  { channel, income }: Verdict & { ok: true },
  onKept: EscrowDeps['onKept'],
): Reservation {
  return {
    payer: channel.sender,
    income,
    lost: hold.lost,
    commit: async () => {
      await hold.commit(writeOf(hold.record, channel))
      onKept?.(channel)
    },
    [Symbol.asyncDispose]: () => hold[Symbol.asyncDispose](),
  }
}
