import type { KeptChannelView } from '../render/kept.js'
import { renderTable } from '../render/table.js'
import type { KeptState } from './changes.js'

/** The lines below the table, and the one of the cursor. */
const LINES_BESIDE = 4
/** Headings, a line under them, and a channel. */
const ONE_ROW = 3
const HEADINGS = [
  'channel',
  'nonce',
  'signed (cogs)',
  'in claims (cogs)',
  'funds (cogs)',
  'expires in (blocks)',
  'busy',
]

export interface ScreenSize {
  readonly width: number
  readonly height: number
}

/** The channels of a daemon on a screen that is drawn again in place: never wider, never higher, and never fewer lines. */
export class KeptScreen {
  readonly #changedAt = new Map<string, number>()
  #updates = 0
  #state: KeptState = { channels: [], claims: [], block: undefined }
  #most = 0

  /** @param changed channels that are other than before */
  update(state: KeptState, changed: Iterable<string>): void {
    this.#state = state
    this.#updates++
    for (const channel of changed) this.#changedAt.set(channel, this.#updates)
  }

  /** @param note for the last line, such as that the daemon is away */
  lines({ width, height }: ScreenSize, note = ''): string[] {
    const { channels } = this.#state
    const room = Math.max(ONE_ROW, height - LINES_BESIDE)
    let shown = this.#newest(room)
    let table = this.#table(shown, width)
    // Narrow screens put what has no room under its row.
    while (table.length > room && shown.length > 1) {
      shown = this.#newest(Math.max(1, Math.floor((shown.length * room) / table.length)))
      table = this.#table(shown, width)
    }
    const hidden = channels.length - shown.length
    const more = hidden > 0 ? [`and ${hidden} more, which changed longer ago`] : []
    const lines = [...table.slice(0, room), ...more, this.#summary(), ...(note === '' ? [] : [note])]
    const cut = lines.map((line) => line.slice(0, width)).slice(-(height - 1))
    this.#most = Math.min(height - 1, Math.max(this.#most, cut.length))
    return [...cut, ...Array<string>(this.#most - cut.length).fill('')]
  }

  /** Those that changed last, in their order. */
  #newest(count: number): readonly KeptChannelView[] {
    const { channels } = this.#state
    if (channels.length <= count) return channels
    const at = ({ channel }: KeptChannelView): number => this.#changedAt.get(channel) ?? 0
    const newest = new Set([...channels].sort((a, b) => at(b) - at(a)).slice(0, count))
    return channels.filter((view) => newest.has(view))
  }

  #table(channels: readonly KeptChannelView[], width: number): string[] {
    if (channels.length === 0) return ['no channels in shared storage']
    const rows = channels.map(({ channel, nonce, authorized, value, expiration, hold }) => [
      channel,
      nonce ?? '-',
      authorized ?? '-',
      String(this.#inClaims(channel)),
      value ?? '-',
      this.#left(expiration),
      hold?.by ?? '',
    ])
    return renderTable(HEADINGS, rows, { width, dropped: ['busy', 'funds (cogs)', 'nonce'] }).split('\n')
  }

  #inClaims(channel?: string): bigint {
    const { claims } = this.#state
    return sum(claims.filter((claim) => channel === undefined || claim.channel === channel).map(({ amount }) => amount))
  }

  #left(expiration: string | null): string {
    const { block } = this.#state
    if (expiration === null) return '-'
    if (block === undefined) return '?'
    const left = BigInt(expiration) - block
    return left > 0n ? String(left) : 'expired'
  }

  #summary(): string {
    const { channels, block } = this.#state
    const signed = sum(channels.map(({ authorized }) => authorized ?? '0'))
    const at = block === undefined ? '' : `block ${block}: `
    return `${at}${signed} cogs signed and not claimed, ${this.#inClaims()} in claims that wait for the chain`
  }
}

const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, amount) => total + BigInt(amount), 0n)
