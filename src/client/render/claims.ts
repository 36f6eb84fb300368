import type { ClaimPlan, Collected, LeftOut, PlanCosts, PlannedClaim } from '../../wallet/index.js'
import { coinText, decimalText, transactionView, type TransactionView } from './money.js'
import { renderTable, type TableOptions } from './table.js'

interface Token {
  readonly symbol: string
  readonly decimals: number
}

/** Before anything is sent: who has paid what, until when, and whether it is worth its gas. */
export function renderPlan(
  { claims, leftOut, block }: ClaimPlan,
  { gas, breakEven }: PlanCosts,
  token: Token,
  options: TableOptions = {},
): string {
  if (claims.length === 0) return ['There is nothing to claim.', ...leftOutLines(leftOut)].join('\n')
  const total = totalOf(claims)
  const rows = claims.map((claim) => [
    String(claim.channel),
    String(claim.nonce),
    String(claim.amount),
    expiryText(claim.expiration - block),
    decimalText(breakEven(claim.amount), 18, 9),
    stateText(claim),
  ])
  return [
    renderTable(['channel', 'nonce', 'cogs', 'expires in', 'break-even (ether)', 'state'], rows, options),
    '',
    `${total} cogs (${decimalText(total, token.decimals)} ${token.symbol}), for about ${coinText(gas)} of gas.`,
    `Worth its gas where one ${token.symbol} costs more than ${coinText(breakEven(total / BigInt(claims.length)))}.`,
    ...leftOutLines(leftOut),
  ].join('\n')
}

const expiryText = (blocks: bigint): string => (blocks <= 0n ? 'expired' : `${blocks} blocks`)

function stateText({ started, sendback, sentBack }: PlannedClaim): string {
  const state = started ? 'begun' : 'new'
  return sendback ? `${state}, ${sentBack} sent back` : state
}

const leftOutLines = (leftOut: readonly LeftOut[]): string[] =>
  leftOut.map(({ channel, reason }) => `Left out: channel ${channel}: ${reason}`)

const claimView = ({ channel, nonce, amount, expiration, sendback, sentBack, started }: PlannedClaim) => ({
  channel: String(channel),
  nonce: String(nonce),
  amount: String(amount),
  expiration: String(expiration),
  sendback,
  sent_back: String(sentBack),
  begun_before: started !== undefined,
})

const leftOutView = (leftOut: readonly LeftOut[]) =>
  leftOut.map(({ channel, reason }) => ({ channel: String(channel), reason }))

const totalOf = (claims: readonly { readonly amount: bigint }[]): bigint =>
  claims.reduce((sum, { amount }) => sum + amount, 0n)

const gasOf = (transactions: readonly { readonly fee: bigint }[]): bigint =>
  transactions.reduce((sum, { fee }) => sum + fee, 0n)

/** What `--dry-run` says to a program. */
export const planView = ({ claims, leftOut, block, gasPrice }: ClaimPlan, { gas, breakEven }: PlanCosts) => ({
  would_claim: claims.map((claim) => ({ ...claimView(claim), break_even_wei: String(breakEven(claim.amount)) })),
  left_out: leftOutView(leftOut),
  amount: String(totalOf(claims)),
  block: String(block),
  gas_price_wei: String(gasPrice),
  gas_wei: String(gas),
})
export type PlanView = ReturnType<typeof planView>

export interface CollectedView {
  readonly claimed: readonly (ReturnType<typeof claimView> & { readonly transaction: string })[]
  readonly left_out: ReturnType<typeof leftOutView>
  readonly amount: string
  readonly gas_wei: string
  readonly transactions: readonly TransactionView[]
  readonly deposited: string
}

/** What was collected; `deposited` is the balance at the escrow contract now. */
export const collectedView = ({ claims, transactions, leftOut }: Collected, deposited: bigint): CollectedView => ({
  claimed: claims.map((claim) => ({ ...claimView(claim), transaction: claim.transaction.hash })),
  left_out: leftOutView(leftOut),
  amount: String(totalOf(claims)),
  gas_wei: String(gasOf(transactions)),
  transactions: transactions.map(transactionView),
  deposited: String(deposited),
})

export function renderCollected({ claims, transactions }: Collected, deposited: bigint, token: Token): string {
  const total = totalOf(claims)
  const rows = claims.map(({ channel, nonce, amount, sentBack, transaction }) => [
    String(channel),
    String(nonce),
    String(amount),
    String(sentBack),
    String(transaction.block),
  ])
  return [
    ...(claims.length > 0 ? [renderTable(['channel', 'nonce', 'cogs', 'sent back', 'block'], rows), ''] : []),
    ...transactions.map(({ hash, block }) => `block ${block}  ${hash}`),
    `Collected ${total} cogs (${decimalText(total, token.decimals)} ${token.symbol}), for ${coinText(gasOf(transactions))} of gas.`,
    `Your balance at the escrow contract is ${deposited} cogs; "account withdraw all" brings it to your account.`,
  ].join('\n')
}
