import { SnetError } from '../../../shared/errors.js'
import type { ChannelId, Cogs } from '../../../shared/units.js'
import type { Process, Processes, RecordTable, PlannedChange } from '../ports.js'
import { beginCall, keepCall, NOTHING_PLANNED, planMore, type PrepaidUsage, refundCall, refundGone } from './usage.js'

export type UsageTable = RecordTable<PrepaidUsage>

/** The prepaid usage of all channels, each change of it one transaction. */
export class Usages {
  readonly #table: UsageTable
  readonly #processes: Processes
  /** Refunds of this process that could not be written yet. They are written before the next call of their channel. */
  readonly #late = new Map<string, Late>()

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

  /** Lets a call in, where the plan has room for it, as one of the process that is returned. Errors and texts: snet-wire 4.4. */
  async begin(channel: ChannelId, price: Cogs): Promise<Process> {
    await this.#refundLate(channel)
    return this.#change(channel, (now) => {
      const { self } = this.#processes
      const usage = beginCall(now, price, self.name)
      if (usage) return [usage, self]
      throw new SnetError('forbidden', `internal error: Usage Exceeded on channel Id ${channel}`, {
        hint: 'Ask for a token with a larger signed amount.',
      })
    })
  }

  /** The call was served. Nothing may be told of it before this has resolved. */
  async keep(channel: ChannelId, price: Cogs, process: Process): Promise<void> {
    await this.#change(channel, (now) => {
      process.lost.throwIfAborted()
      return [keepCall(now, price, process.name), undefined]
    })
  }

  /** The call was not served. What cannot be written now is written later, or refunded with its process. */
  async refund(channel: ChannelId, price: bigint, process: Process): Promise<void> {
    try {
      await this.#change(channel, (now) => {
        // What was in flight with a process that lost its right is refunded by whoever sees that it is gone.
        process.lost.throwIfAborted()
        return [refundCall(now, price, process.name), undefined]
      })
    } catch {
      const late = this.#late.get(String(channel))
      const before = late?.process === process ? late.amount : 0n
      if (!process.lost.aborted) this.#late.set(String(channel), { process, amount: before + price })
    }
  }

  async #refundLate(channel: ChannelId): Promise<void> {
    const late = this.#late.get(String(channel))
    if (late === undefined) return
    this.#late.delete(String(channel))
    await this.refund(channel, late.amount, late.process)
  }

  async #change<Result>(
    channel: ChannelId,
    change: (now: PrepaidUsage) => readonly [becomes: PrepaidUsage, result: Result],
  ): Promise<Result> {
    try {
      return await this.#table.change(String(channel), (now) => {
        const [value, result] = change(this.#current(now))
        return { value, result }
      })
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

/** A refund that could not be written yet. */
interface Late {
  readonly process: Process
  readonly amount: bigint
}
