import type { Cancelled } from '../../../shared/cancellation.js'
import { SnetError } from '../../../shared/errors.js'
import { isRecentBlock, signatureExpired } from '../../../shared/recent-block.js'
import type { Address, Cogs } from '../../../shared/units.js'
import {
  isParty,
  judgeAmount,
  newestBlock,
  noChannel,
  type Refusal,
  refuse,
  rejection,
  whenAsking,
  writeOf,
} from '../escrow/index.js'
import type { ChannelReading, ChannelRecord, Claimable, SignedPayment } from '../ports.js'
import type { PrepaidDeps } from './deps.js'
import { issueToken } from './token.js'
import { spent } from './usage.js'

/** GetToken as asked: `payment` is signed for all that is authorised, `signature` by whoever asks. */
export interface PrepaidTokenRequest {
  readonly payment: SignedPayment
  readonly block: bigint
  readonly signature: Uint8Array
}

export interface GrantedToken {
  readonly token: string
  /** All that was ever planned on the channel. */
  readonly planned: bigint
  /** What of it is spent: calls that failed have cost nothing. */
  readonly used: bigint
}

/** How long a request waits for a call, or another request, that holds the channel. */
const HOLD_WAIT_MS = 5_000

/**
 * Answers GetToken: a token for what was planned on the channel, after more was planned where a larger amount is signed.
 * Errors and texts: snet-wire 1.4.
 */
export async function requestToken(
  deps: PrepaidDeps,
  request: PrepaidTokenRequest,
  cancelled: Cancelled,
): Promise<GrantedToken> {
  const { channel: id, amount } = request.payment
  const signers = recover(deps, request)
  const decide = await openDecision(deps, request, signers)
  const channel = await decide(await deps.channels.read(id).catch(whenAsking.fail))
  if (channel.authorized < amount) await planAhead(deps, signers.payment, decide, cancelled)
  const usage = await deps.usages.read(id)
  const token = await issueToken(deps.tokens, { channel: id, user: signers.asker as Address })
  return { token, planned: usage.planned, used: spent(usage) }
}

interface Recovered {
  readonly asker: Address | undefined
  readonly claimable: Claimable | undefined
  /** With its signature as the contract takes it. */
  readonly payment: SignedPayment
}

function recover({ signers, terms }: PrepaidDeps, { payment, block, signature }: PrepaidTokenRequest): Recovered {
  const claimable = signers.ofPayment(terms.current.mpe, payment)
  return {
    asker: signers.ofTokenRequest({ claimSignature: payment.signature, block, signature }),
    claimable,
    payment: { ...payment, ...(claimable && { signature: claimable.signature }) },
  }
}

/** The channel as the request may act on it, given what is stored of it. Throws what the client is to be told. */
type Decide = (record: ChannelRecord | undefined, isSpending?: boolean) => Promise<ChannelRecord>

/**
 * Rests on the cached reading of the channel while that accepts; only its own people cause another one before they are
 * refused.
 */
async function openDecision(deps: PrepaidDeps, request: PrepaidTokenRequest, signers: Recovered): Promise<Decide> {
  const { channel: id } = request.payment
  const cached = deps.escrow.cached(id)
  let reading = cached ?? (await whenAsking.refresh(deps.escrow, id))
  let mayAskAgain = cached?.channel !== undefined && isParty(signers.asker, cached.channel)
  const readAgain = async (): Promise<void> => {
    mayAskAgain = false
    reading = await whenAsking.refresh(deps.escrow, id)
  }
  return async (record, isSpending = false) => {
    // What is signed under a nonce that a claim has left behind could never be claimed.
    if (isSpending && mayAskAgain && deps.escrow.spend(id)) await readAgain()
    let verdict = judgeRequest(deps, { request, signers, record, reading })
    if (!verdict.ok && verdict.restsOnChain && mayAskAgain) {
      await readAgain()
      verdict = judgeRequest(deps, { request, signers, record, reading })
    }
    if (!verdict.ok) throw verdict.refusal
    return verdict.channel
  }
}

interface Judged {
  readonly request: PrepaidTokenRequest
  readonly signers: Recovered
  readonly record: ChannelRecord | undefined
  readonly reading: ChannelReading
}

/** Steps 1 to 7 of snet-wire 1.4, in their order. */
function judgeRequest(
  { blocks, terms, mayPay }: PrepaidDeps,
  { request: { block }, signers: { asker, claimable, payment }, record, reading }: Judged,
): Refusal | { readonly ok: true; readonly channel: ChannelRecord } {
  const channel = whenAsking.merge(reading, record, terms.current)
  if (!channel) return refuse(noChannel(payment.channel), { restsOnChain: true })
  if (payment.amount < channel.authorized) return refuse(tooLittle(channel), { restsOnChain: true })
  if (payment.amount > channel.value) return refuse(tooMuch(channel), { restsOnChain: true })
  if (!asker) return refuse(new SnetError('unauthenticated', 'incorrect signature'))
  if (!isParty(asker, channel)) return refuse(stranger())
  const newest = newestBlock(blocks, reading)
  if (!isRecentBlock(block, newest)) return refuse(signatureExpired(), { restsOnChain: true })
  return judgeAmount(payment, channel, {
    signer: claimable?.signer,
    isAllowed: !claimable || (mayPay?.(claimable.signer) ?? true),
    block: () => newest,
    expirationThreshold: terms.current.expirationThreshold,
  })
}

/** Whoever asked for the same amount meanwhile has planned it, and then there is nothing left to plan. */
async function planAhead(
  { channels, usages }: PrepaidDeps,
  { channel: id, amount, signature }: SignedPayment,
  decide: Decide,
  cancelled: Cancelled,
): Promise<void> {
  await using hold = await channels.hold(id, cancelled, HOLD_WAIT_MS)
  const channel = await decide(hold.record, true)
  const more = amount - channel.authorized
  if (more === 0n) return
  const write = writeOf(hold.record, { ...channel, authorized: amount, signature })
  await hold.commit({ ...write, beside: usages.plan(id, more) })
}

const tooLittle = ({ authorized }: { authorized: Cogs }): SnetError =>
  rejection(
    'signed amount for token request needs to be greater than last signed amount',
    `Sign at least ${authorized}, which is authorised already.`,
    { authorized: String(authorized) },
  )

const tooMuch = ({ value }: { value: Cogs }): SnetError =>
  rejection(
    'signed amount for token request cannot be greater than full amount in channel',
    'Add funds to the channel on the escrow contract.',
    { value: String(value) },
  )

const stranger = (): SnetError =>
  new SnetError('unauthenticated', 'only channel signer/sender/receiver can get a Valid Token', {
    hint: 'Sign with the key of the channel, over the bytes of the claim signature and the newest block.',
  })
