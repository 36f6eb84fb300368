import type { ChannelId, Cogs } from '../../../shared/units.js'
import { type PrepaidUsage, spent } from './usage.js'

interface KeptUsages {
  /** As it is kept now. */
  read(channel: ChannelId): Promise<PrepaidUsage>
  /** Writes what `change` makes of it, and resolves with that once it is durable. */
  change(channel: ChannelId, change: (now: PrepaidUsage) => PrepaidUsage): Promise<PrepaidUsage>
}

/** A channel on which calls are under way. */
interface Busy {
  /** As it was kept when the last change that was awaited here became durable. */
  usage: PrepaidUsage
  /** The prices of the calls under way: none of them is in `usage`. */
  price: bigint
  calls: number
}

/**
 * The calls under way of a process that has the store alone: only what was served is written. What was let in and has not
 * ended is gone with the process, which gives it back as well as a refund would.
 */
export class CallsUnderWay {
  readonly #kept: KeptUsages
  readonly #busy = new Map<ChannelId, Busy>()
  /** Channels that became free, ever: a reading from before may be older than what was written since. */
  #freed = 0

  constructor(kept: KeptUsages) {
    this.#kept = kept
  }

  /** Lets a call in, if the plan has room for it. */
  async begin(channel: ChannelId, price: Cogs): Promise<boolean> {
    const known = this.#busy.get(channel)
    if (known && hasRoom(known, price)) return enter(known, price)
    let read: PrepaidUsage
    let freed: number
    do {
      freed = this.#freed
      read = await this.#kept.read(channel)
    } while (freed !== this.#freed)
    const busy = this.#busy.get(channel) ?? { usage: read, price: 0n, calls: 0 }
    // Only that: what is spent in it may be of calls under way, whose writing nobody has heard of yet.
    if (read.planned > busy.usage.planned) busy.usage = { ...busy.usage, planned: read.planned }
    if (!hasRoom(busy, price)) return false
    this.#busy.set(channel, busy)
    return enter(busy, price)
  }

  /** The call was served, and is paid for once this has resolved. It goes on as one under way where this fails. */
  async keep(channel: ChannelId, price: Cogs): Promise<void> {
    const usage = await this.#kept.change(channel, (now) => ({ ...now, used: now.used + price }))
    const busy = this.#busy.get(channel)
    if (busy) busy.usage = usage
    this.leave(channel, price)
  }

  /** The call has ended, and costs nothing that is not written. */
  leave(channel: ChannelId, price: bigint): void {
    const busy = this.#busy.get(channel)
    if (!busy) return
    busy.price -= price
    if (--busy.calls > 0) return
    this.#busy.delete(channel)
    this.#freed++
  }

  /** What the calls under way cost. */
  priceOf(channel: ChannelId): bigint {
    return this.#busy.get(channel)?.price ?? 0n
  }
}

const hasRoom = ({ usage, price }: Busy, more: bigint): boolean => spent(usage) + price + more <= usage.planned

function enter(busy: Busy, price: bigint): true {
  busy.price += price
  busy.calls++
  return true
}
