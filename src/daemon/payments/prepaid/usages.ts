import { SnetError } from '../../../shared/errors.js'
import type { ChannelId, Cogs } from '../../../shared/units.js'
import type { Processes, RecordTable, PlannedChange } from '../ports.js'
import { beginCall, keepCall, NOTHING_PLANNED, planMore, type PrepaidUsage, refundCall, refundGone } from './usage.js'

export type UsageTable = RecordTable<PrepaidUsage>

/** The prepaid usage of all channels, each change of it one transaction. */
export class Usages {
  readonly #table: UsageTable
  readonly #processes: Processes
  /** Refunds of this process that could not be written yet. They are written before the next call of their channel. */
  readonly #late = new Map<string, bigint>()

  constructor(table: UsageTable, processes: Processes) {
    this.#table = table
    this.#processes = processes
  }

  async read(channel: ChannelId): Promise<PrepaidUsage> {
    return this.#current(await this.#table.read(String(channel)))
  }

  /** Plans more, as a part of the transaction that keeps what pays for it. */
  plan(channel: ChannelId, amount: bigint): PlannedChange {
    return this.#table.plan(String(channel), (now) => planMore(this.#current(now), amount))
  }

  /** Lets a call in, where the plan has room for it. Errors and texts: snet-wire 4.4. */
  async begin(channel: ChannelId, price: Cogs): Promise<void> {
    await this.#refundLate(channel)
    await this.#change(channel, (now) => {
      const usage = beginCall(now, price, this.#processes.self)
      if (usage) return usage
      throw new SnetError('forbidden', `internal error: Usage Exceeded on channel Id ${channel}`, {
        hint: 'Ask for a token with a larger signed amount.',
      })
    })
  }

  /** The call was served. Nothing may be told of it before this has resolved. */
  keep(channel: ChannelId, price: Cogs): Promise<void> {
    return this.#change(channel, (now) => keepCall(now, price, this.#processes.self))
  }

  /** The call was not served. What cannot be written now is written later, or refunded with this process. */
  async refund(channel: ChannelId, price: bigint): Promise<void> {
    try {
      await this.#change(channel, (now) => refundCall(now, price, this.#processes.self))
    } catch {
      this.#late.set(String(channel), (this.#late.get(String(channel)) ?? 0n) + price)
    }
  }

  async #refundLate(channel: ChannelId): Promise<void> {
    const late = this.#late.get(String(channel))
    if (late === undefined) return
    this.#late.delete(String(channel))
    await this.refund(channel, late)
  }

  async #change(channel: ChannelId, change: (now: PrepaidUsage) => PrepaidUsage): Promise<void> {
    try {
      await this.#table.change(String(channel), (now) => ({ value: change(this.#current(now)), result: undefined }))
    } catch (cause) {
      if (!(cause instanceof SnetError) || cause.kind !== 'storage-failed') throw cause
      const text = `internal error: Error in executing ExecuteTransaction for usage type  U on channel ${channel} `
      throw new SnetError('storage-failed', text, { cause })
    }
  }

  #current(usage: PrepaidUsage = NOTHING_PLANNED): PrepaidUsage {
    return refundGone(usage, (process) => this.#processes.isGone(process))
  }
}
