import { SnetError } from '../../../shared/errors.js'
import type { ChannelId, Cogs } from '../../../shared/units.js'
import type { Process, Processes, RecordTable, PlannedChange } from '../ports.js'
import { CallsUnderWay } from './calls-under-way.js'
import { beginCall, keepCall, NOTHING_PLANNED, planMore, type PrepaidUsage, refundCall, refundGone } from './usage.js'

export type UsageTable = RecordTable<PrepaidUsage>

/** The prepaid usage of all channels, each change of it one transaction. */
export class Usages {
  readonly #table: UsageTable
  readonly #processes: Processes
  /** Refunds of this process that could not be written yet. They are written before the next call of their channel. */
  readonly #late = new Map<string, Late>()

  /** Undefined where others share the store, who have to see them. */
  readonly #underWay: CallsUnderWay | undefined

  constructor(table: UsageTable, processes: Processes) {
    this.#table = table
    this.#processes = processes
    this.#underWay = processes.isAlone
      ? new CallsUnderWay({
          read: (channel) => telling(channel, () => this.#readKept(channel)),
          change: (channel, change) =>
            this.#change(channel, (now) => {
              const becomes = change(now)
              return [becomes, becomes]
            }),
        })
      : undefined
  }

  async read(channel: ChannelId): Promise<PrepaidUsage> {
    const kept = await this.#readKept(channel)
    const underWay = this.#underWay?.priceOf(channel) ?? 0n
    return underWay === 0n ? kept : { ...kept, used: kept.used + underWay }
  }

  /** Plans more, as a part of the transaction that keeps what pays for it. */
  plan(channel: ChannelId, amount: bigint): PlannedChange {
    return this.#table.plan(String(channel), (now) => planMore(this.#current(now), amount))
  }

  /** Lets a call in, where the plan has room for it, as one of the process that is returned. Errors and texts: snet-wire 4.4. */
  async begin(channel: ChannelId, price: Cogs): Promise<Process> {
    if (this.#underWay) {
      if (await this.#underWay.begin(channel, price)) return this.#processes.self
      throw exceeded(channel)
    }
    await this.#refundLate(channel)
    return this.#change(channel, (now) => {
      const { self } = this.#processes
      const usage = beginCall(now, price, self.name)
      if (usage) return [usage, self]
      throw exceeded(channel)
    })
  }

  /** The call was served. Nothing may be told of it before this has resolved. */
  async keep(channel: ChannelId, price: Cogs, process: Process): Promise<void> {
    if (this.#underWay) return await this.#underWay.keep(channel, price)
    await this.#change(channel, (now) => {
      process.lost.throwIfAborted()
      return [keepCall(now, price, process.name), undefined]
    })
  }

  /** The call was not served. What cannot be written now is written later, or refunded with its process. */
  async refund(channel: ChannelId, price: bigint, process: Process): Promise<void> {
    if (this.#underWay) return this.#underWay.leave(channel, price)
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

  async #readKept(channel: ChannelId): Promise<PrepaidUsage> {
    return this.#current(await this.#table.read(String(channel)))
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
    return await telling(channel, () =>
      this.#table.change(String(channel), (now) => {
        const [value, result] = change(this.#current(now))
        return { value, result }
      }),
    )
  }

  #current(usage: PrepaidUsage = NOTHING_PLANNED): PrepaidUsage {
    return refundGone(usage, (process) => this.#processes.isGone(process))
  }
}

/** The work, failing in the words that clients know. */
async function telling<Result>(channel: ChannelId, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof SnetError) || cause.kind !== 'storage-failed') throw cause
    const text = `internal error: Error in executing ExecuteTransaction for usage type  U on channel ${channel} `
    throw new SnetError('storage-failed', text, { cause })
  }
}

const exceeded = (channel: ChannelId): SnetError =>
  new SnetError('forbidden', `internal error: Usage Exceeded on channel Id ${channel}`, {
    hint: 'Ask for a token with a larger signed amount.',
  })

/** A refund that could not be written yet. */
interface Late {
  readonly process: Process
  readonly amount: bigint
}
