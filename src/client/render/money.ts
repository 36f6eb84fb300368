import type { EscrowChannel } from '../../shared/escrow-channel.js'
import type { Balances, SettledTransaction } from '../../wallet/index.js'

/** A number of smallest units as people say it: 1500000 of 6 decimals is 1.5. */
export function decimalText(value: bigint, decimals: number, shown = decimals): string {
  const digits = value.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const rest = digits
    .slice(digits.length - decimals)
    .slice(0, shown)
    .replace(/0+$/, '')
  if (rest === '' && whole === '0' && value > 0n) return `< 0.${'0'.repeat(shown - 1)}1`
  return rest === '' ? whole : `${whole}.${rest}`
}

const COIN_DECIMALS = 18
/** Of the chain's own coin people want to see no more. */
const SHOWN_DECIMALS = 9

export const coinText = (wei: bigint): string => `${decimalText(wei, COIN_DECIMALS, SHOWN_DECIMALS)} ether`

/** What a settled transaction says to a program. */
export const transactionView = ({ what, hash, block, fee, gasUsed, wasFound }: SettledTransaction) => ({
  what,
  hash,
  block,
  fee_wei: String(fee),
  gas_used: String(gasUsed),
  found_again: wasFound,
})
export type TransactionView = ReturnType<typeof transactionView>

export const receiptText = ({ what, hash, block, fee, wasFound }: SettledTransaction): string =>
  `${wasFound ? 'Found again: the' : 'The'} ${what} is in block ${block}, for ${coinText(fee)} of gas.\n  ${hash}`

/** What `account show` says to a program: all in smallest units, as text. */
export const balancesView = ({ address, escrow, token, wallet, deposited, coin }: Balances) => ({
  address,
  escrow,
  token: token.address,
  symbol: token.symbol,
  decimals: token.decimals,
  wallet: String(wallet),
  deposited: String(deposited),
  coin_wei: String(coin),
})
export type BalancesView = ReturnType<typeof balancesView>

export function renderBalances({ address, escrow, token, wallet, deposited, coin }: Balances): string {
  const tokens = (cogs: bigint): string => `${cogs} cogs (${decimalText(cogs, token.decimals)} ${token.symbol})`
  return [
    ['account', address],
    ['wallet', tokens(wallet)],
    ['escrow', tokens(deposited)],
    ['gas', coinText(coin)],
    ['contract', escrow],
  ]
    .map(([name = '', text = '']) => `${name.padEnd(8)}  ${text}`)
    .join('\n')
}

export const channelFundsText = ({ id, value, expiration }: EscrowChannel): string =>
  `In channel ${id} are ${value} cogs, until block ${expiration}`

/** What a transaction has made of a channel; null where none was needed. */
export const channelFundsView = (
  { id, value, expiration }: Pick<EscrowChannel, 'id' | 'value'> & { readonly expiration: bigint },
  transaction: SettledTransaction | undefined,
) => ({
  channel: String(id),
  value: String(value),
  expiration: String(expiration),
  transaction: transaction ? transactionView(transaction) : null,
})
export type ChannelFundsView = ReturnType<typeof channelFundsView>
