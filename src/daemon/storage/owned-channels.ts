import { setImmediate } from 'node:timers/promises'
import { Cancellation, type Cancelled } from '../../shared/cancellation.js'
import { SnetError } from '../../shared/errors.js'
import type { ChannelId, ChannelNonce } from '../../shared/units.js'
import type {
  ChannelHold,
  ChannelHolds,
  ChannelRecord,
  ChannelStore,
  ChannelWrite,
  ClaimStore,
  DamageListener,
  HeldChannel,
  PendingClaim,
} from '../payments/ports.js'
import {
  CANNOT_STORE,
  cannotHold,
  cannotRead,
  channelBusy,
  channelMoved,
  committedTwice,
  commitsAnother,
  unlockedByOperator,
} from './channel-faults.js'
import { storeClosed, takenOver } from './no-longer-ours.js'
import type { RecordStore, Stored } from './record-store.js'
import { claimKey } from './record-text.js'
import { WaitersByKey } from './waiters-by-key.js'

/**
 * The channel store of a process that owns its records alone: holds are entries in this process's memory, so they are
 * gone with it, and a killed daemon leaves no channel busy.
 */
export class OwnedChannels implements ChannelStore, ChannelHolds, ClaimStore, AsyncDisposable {
  readonly #records: RecordStore
  readonly #held = new Map<ChannelId, Hold>()
  /** Those who wait for a channel that is held. */
  readonly #waiting = new WaitersByKey<ChannelId>()
  readonly #committing = new Set<Promise<unknown>>()
  #closed: SnetError | undefined

  constructor(records: RecordStore) {
    this.#records = records
  }

  async hold(id: ChannelId, cancelled?: Cancelled, waitMs = 0, by = 'this daemon'): Promise<ChannelHold> {
    const end = performance.now() + waitMs
    for (let left = waitMs; left > 0 && this.#held.has(id) && !cancelled?.aborted; left = end - performance.now())
      await this.#waiting.wait(id, left, cancelled)
    cancelled?.throwIfAborted()
    if (this.#closed) throw this.#closed
    if (this.#held.has(id)) throw channelBusy(id)
    if (!this.#records.isOwned()) throw this.#fence()
    const stored = this.#readStored(id, cannotHold(id))
    const lost = new Hold(by)
    this.#held.set(id, lost)
    return this.#holdOf(id, stored, lost)
  }

  async read(id: ChannelId): ReturnType<ChannelStore['read']> {
    return this.#readStored(id, cannotRead(id)).record
  }

  async readClaim(...at: Parameters<ChannelStore['readClaim']>): ReturnType<ChannelStore['readClaim']> {
    return this.#records.readClaim(...at)
  }

  async heldNow(): Promise<readonly HeldChannel[]> {
    return [...this.#held].map(([channel, { by, since }]) => ({ channel, by, since }))
  }

  async heldOn(channel: ChannelId): Promise<HeldChannel | undefined> {
    const hold = this.#held.get(channel)
    return hold && { channel, by: hold.by, since: hold.since }
  }

  async endHold(id: ChannelId): Promise<void> {
    this.#held.get(id)?.abort(unlockedByOperator(id))
    this.#held.delete(id)
    this.#waiting.wake(id)
  }

  list(onDamage?: DamageListener): AsyncIterable<ChannelRecord> {
    return eachOf(this.#records.list(onDamage))
  }

  listClaims(onDamage?: DamageListener): AsyncIterable<PendingClaim> {
    return eachOf(this.#records.listClaims(onDamage))
  }

  async forgetClaim(channel: ChannelId, nonce: ChannelNonce): Promise<void> {
    if (this.#closed) throw this.#closed
    const forgetting = this.#records.changeRow(claimKey(channel, nonce), () => ({
      value: undefined,
      result: undefined,
    }))
    this.#committing.add(forgetting)
    try {
      if ((await forgetting) === 'fenced') throw this.#fence()
    } finally {
      this.#committing.delete(forgetting)
    }
  }

  /** Commits under way become durable; whatever else is still held is lost. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= storeClosed()
    await Promise.allSettled(this.#committing)
    this.#loseAll(this.#closed)
    await this.#records.close()
  }

  #readStored(id: ChannelId, doing: string): Stored {
    try {
      return this.#records.read(id)
    } catch (cause) {
      throw new SnetError('storage-failed', doing, { cause })
    }
  }

  #holdOf(id: ChannelId, stored: Stored, lost: Cancellation): ChannelHold {
    let commit: Promise<void> | undefined
    let isOver = false
    return {
      record: stored.record,
      lost,
      commit: async (write) => {
        if (commit || isOver) throw committedTwice()
        if (write.channel.id !== id) throw commitsAnother()
        lost.throwIfAborted()
        commit = this.#commit(write, stored.version)
        this.#committing.add(commit)
        await commit
      },
      [Symbol.asyncDispose]: async () => {
        if (isOver) return
        isOver = true
        // Until the outcome is known nobody else may move the channel.
        await commit?.catch(() => undefined)
        if (commit) this.#committing.delete(commit)
        if (this.#held.get(id) === lost) this.#held.delete(id)
        this.#waiting.wake(id)
      },
    }
  }

  async #commit(write: ChannelWrite, over: string | undefined): Promise<void> {
    const outcome = await this.#records.write(write, over).catch((cause: unknown) => {
      throw new SnetError('storage-failed', CANNOT_STORE, { cause })
    })
    if (outcome === 'fenced') throw this.#fence()
    if (outcome === 'moved') throw channelMoved(write.channel.id)
  }

  #fence(): SnetError {
    this.#closed ??= takenOver()
    this.#loseAll(this.#closed)
    return this.#closed
  }

  #loseAll(reason: SnetError): void {
    for (const lost of this.#held.values()) lost.abort(reason)
    this.#held.clear()
    this.#waiting.wakeAll()
  }
}

/** A hold of now: aborts when it is lost. */
class Hold extends Cancellation {
  readonly since = Date.now()

  constructor(readonly by: string) {
    super()
  }
}

/** How many are given out before others have a turn of the event loop. */
const PAGE = 500

async function* eachOf<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  let given = 0
  for (const item of items) {
    yield item
    if (++given % PAGE === 0) await setImmediate()
  }
}
