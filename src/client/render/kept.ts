import type { HoldMessage, KeptChannelMessage, KeptClaimMessage } from '../../shared/wire/index.js'
import { renderTable, type TableOptions } from './table.js'

/** Who keeps a channel busy, as a program reads it. */
export const holdView = ({ by, since, lease_left_seconds: left }: HoldMessage) => ({
  by: by ?? '',
  since: new Date(Number(since)).toISOString(),
  lease_left_seconds: left ?? null,
})
export type HoldView = ReturnType<typeof holdView>

/** A channel of the daemon; all but the hold is null while nothing is kept of it. */
export const keptChannelView = ({ channel, hold, ...kept }: KeptChannelMessage) => ({
  channel: channel ?? '',
  nonce: kept.nonce || null,
  authorized: kept.authorized || null,
  value: kept.value || null,
  expiration: kept.expiration || null,
  sender: kept.sender || null,
  signer: kept.signer || null,
  recipient: kept.recipient || null,
  hold: hold ? holdView(hold) : null,
})
export type KeptChannelView = ReturnType<typeof keptChannelView>

export const keptClaimView = ({ channel, nonce, amount, sendback }: KeptClaimMessage) => ({
  channel: channel ?? '',
  nonce: nonce ?? '',
  amount: amount ?? '',
  sendback: sendback ?? false,
})
export type KeptClaimView = ReturnType<typeof keptClaimView>

/** In the order of their numbers. */
export const byNumbers = (
  a: { readonly channel: string; readonly nonce: string | null },
  b: { readonly channel: string; readonly nonce: string | null },
): number => compare(a.channel, b.channel) || compare(a.nonce ?? '0', b.nonce ?? '0')

function compare(a: string, b: string): number {
  const [left, right] = [BigInt(a), BigInt(b)]
  if (left === right) return 0
  return left < right ? -1 : 1
}

export function renderKeptChannels(channels: readonly KeptChannelView[], options: TableOptions = {}): string {
  if (channels.length === 0) return 'no channels in shared storage'
  const rows = channels.map(({ channel, nonce, authorized, value, expiration, sender, hold }) => [
    channel,
    nonce ?? '-',
    authorized ?? '-',
    value ?? '-',
    expiration ?? '-',
    sender ?? '-',
    hold ? `since ${hold.since}` : '',
  ])
  const headings = ['channel', 'nonce', 'signed (cogs)', 'funds (cogs)', 'until block', 'sender', 'busy']
  return renderTable(headings, rows, { dropped: ['sender', 'busy'], ...options })
}

export function renderKeptClaims(claims: readonly KeptClaimView[], options: TableOptions = {}): string {
  if (claims.length === 0) return 'no claims in shared storage'
  const rows = claims.map(({ channel, nonce, amount, sendback }) => [
    channel,
    nonce,
    amount,
    sendback ? 'goes back to the sender' : '',
  ])
  return renderTable(['channel', 'nonce', 'cogs', 'the rest'], rows, options)
}

export function renderKeptChannel(view: KeptChannelView): string {
  const { channel, nonce, authorized, value, expiration, sender, signer, recipient, hold } = view
  const kept: readonly (readonly [string, string])[] =
    nonce === null
      ? [['kept', 'nothing yet']]
      : [
          ['nonce', nonce],
          ['signed', `${authorized} cogs under this nonce, not claimed`],
          ['funds', `${value} cogs, as last seen on chain`],
          ['expires', `at block ${expiration}`],
          ['sender', sender ?? ''],
          ['signer', signer ?? ''],
          ['recipient', recipient ?? ''],
        ]
  const lines = [['channel', channel] as const, ...kept, ...busyLines(hold)]
  return lines.map(([name, text]) => `${name.padEnd(9)}  ${text}`).join('\n')
}

function busyLines(hold: HoldView | null): (readonly [string, string])[] {
  if (!hold) return [['busy', 'no']]
  const end =
    hold.lease_left_seconds === null
      ? 'when that ends, however it does'
      : `in ${hold.lease_left_seconds} s at the latest, if it is not renewed`
  return [
    ['busy', hold.by],
    ['since', hold.since],
    ['free', end],
  ]
}
