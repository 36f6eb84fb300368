import { SnetError } from '../../../shared/errors.js'
import type { Address, BlockNumber, ChannelId, ChannelNonce, Cogs } from '../../../shared/units.js'
import { RESTRICTED } from '../not-allowed.js'
import type { ChannelRecord, SignedPayment } from '../ports.js'

/** The facts, besides the channel itself, by which a payment is judged. */
export interface JudgedBy {
  readonly method: string
  /** Who signed; undefined when the signature is none. */
  readonly signer: Address | undefined
  /** False for a signer that is not among those to whom the provider restricts the service. */
  readonly isAllowed: boolean
  /** Undefined when nobody names a price for the method; throws where the service was asked and named none. */
  readonly price: () => Cogs | undefined
  /** Asked only once nonce and signature are right; throws `unavailable` when no block is known. */
  readonly block: () => BlockNumber
  readonly expirationThreshold: bigint
}

export type Verdict = Refusal | { readonly ok: true; readonly channel: ChannelRecord; readonly income: Cogs }

export interface Refusal {
  readonly ok: false
  readonly refusal: SnetError
  /** It rests on the chain's state, which may have moved in the client's favour since it was read. */
  readonly restsOnChain: boolean
}

/**
 * The money rule: may this payment buy one call on this channel? The accepted verdict carries the channel as it must
 * be stored once the call has succeeded. Order, codes and texts: snet-wire 4.2; income must equal the price exactly,
 * since paying more would let a client and provider disagree about what was bought.
 */
export function judgePayment(payment: SignedPayment, channel: ChannelRecord | undefined, by: JudgedBy): Verdict {
  const verdict = judgeAmount(payment, channel, by)
  if (!verdict.ok) return verdict
  const price = by.price()
  if (price === undefined) return refuse(noPrice(by.method))
  const income = payment.amount - verdict.channel.authorized
  if (income !== price) return refuse(wrongIncome(income, price))
  return {
    ok: true,
    channel: { ...verdict.channel, authorized: payment.amount, signature: payment.signature },
    income: price,
  }
}

/** Whether the amount is signed for this channel and can be claimed, whatever it is to buy: snet-wire 4.2, steps 4 to 10. */
export function judgeAmount(
  payment: SignedPayment,
  channel: ChannelRecord | undefined,
  by: Omit<JudgedBy, 'method' | 'price'>,
): Refusal | { readonly ok: true; readonly channel: ChannelRecord } {
  if (!channel) return refuse(unknownChannel(payment.channel), { restsOnChain: true })
  if (payment.nonce !== channel.nonce) return refuse(staleNonce(payment.nonce, channel), { restsOnChain: true })
  const signatureFault = judgeSigner(channel, by)
  if (signatureFault) return refuse(signatureFault)
  const expired = judgeExpiration(channel, by)
  if (expired) return refuse(expired, { restsOnChain: true })
  if (payment.amount > channel.value) return refuse(notEnoughFunds(payment, channel), { restsOnChain: true })
  return { ok: true, channel }
}

/** Undefined while the channel can still be claimed in time. */
export function judgeExpiration(
  channel: ChannelRecord,
  { block, expirationThreshold }: Pick<JudgedBy, 'block' | 'expirationThreshold'>,
): SnetError | undefined {
  const now = block()
  return now + expirationThreshold >= channel.expiration ? nearlyExpired(channel, now, expirationThreshold) : undefined
}

/** Both the channel's signer and its sender may sign. */
export const ownsChannel = (
  signer: Address | undefined,
  channel: Pick<ChannelRecord, 'signer' | 'sender'>,
): signer is Address => signer === channel.signer || signer === channel.sender

/** Whoever may ask for what is kept of the channel. */
export const isParty = (
  who: Address | undefined,
  { signer, sender, recipient }: Pick<ChannelRecord, 'signer' | 'sender' | 'recipient'>,
): who is Address => who === signer || who === sender || who === recipient

/** Undefined means the signer is one of them. */
function judgeSigner(
  channel: ChannelRecord,
  { signer, isAllowed }: Pick<JudgedBy, 'signer' | 'isAllowed'>,
): SnetError | undefined {
  if (!signer) return rejection(INVALID_SIGNATURE, 'Sign 65 bytes over the layout of an MPE claim message.', SIGNATURE)
  // The reference tells both alike.
  if (!isAllowed) return rejection(INVALID_SIGNATURE, `${RESTRICTED}.`, { reason: 'not-allowed' })
  if (ownsChannel(signer, channel)) return undefined
  return rejection(
    'payment is not signed by channel signer/sender',
    'Sign with the key of the channel, over the escrow contract that the service metadata names.',
    SIGNATURE,
  )
}

const OPEN_CHANNEL = 'Open a channel on the escrow contract of this service first.'
const INVALID_SIGNATURE = 'payment signature is not valid'
const SIGNATURE = { reason: 'signature' }

export const refuse = (refusal: SnetError, { restsOnChain } = { restsOnChain: false }): Refusal => ({
  ok: false,
  refusal,
  restsOnChain,
})

/** @param details its `reason`, one of few words, is what rejections are counted by */
export const rejection = (text: string, hint: string, details: Record<string, string> = {}): SnetError =>
  new SnetError('payment-rejected', text, { details, hint })

export const unknownChannel = (channel: ChannelId): SnetError =>
  rejection(`payment channel "{ID: ${channel}}" not found`, OPEN_CHANNEL, { reason: 'unknown-channel' })

/** The same where no payment is spoken of. */
export const noChannel = (channel: ChannelId): SnetError =>
  new SnetError('not-found', `channel is not found, channelId: ${channel}`, { hint: OPEN_CHANNEL })

export const staleNonce = (sent: ChannelNonce, channel: ChannelRecord): SnetError =>
  new SnetError('stale-nonce', `incorrect payment channel nonce, latest: ${channel.nonce}, sent: ${sent}`, {
    details: { channel: String(channel.id), nonce: String(channel.nonce) },
    hint: 'Fetch the channel state and sign again.',
  })

const nearlyExpired = (channel: ChannelRecord, block: BlockNumber, threshold: bigint): SnetError =>
  rejection(
    `payment channel is near to be expired, expiration time: ${channel.expiration}, current block: ${block}, expiration threshold: ${threshold}`,
    'Extend the channel on the escrow contract.',
    { reason: 'near-expiry' },
  )

const notEnoughFunds = (payment: SignedPayment, channel: ChannelRecord): SnetError =>
  rejection(
    `not enough tokens on payment channel, channel amount: ${channel.value}, payment amount: ${payment.amount}`,
    'Add funds to the channel on the escrow contract.',
    { reason: 'funds', value: String(channel.value) },
  )

export const noPrice = (method: string): SnetError =>
  new SnetError('not-found', `internal error: price is not defined for the Method ${method}`, {
    hint: 'The provider has to name a price for this method in the service metadata.',
  })

const wrongIncome = (income: bigint, price: Cogs): SnetError =>
  rejection(
    `income ${income} does not equal to price ${price}`,
    'Sign the amount already authorised plus exactly the price.',
    {
      reason: 'amount',
      expected: String(price),
      got: String(income),
    },
  )
