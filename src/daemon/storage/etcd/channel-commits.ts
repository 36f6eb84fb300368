import { SnetError } from '../../../shared/errors.js'
import type { ChannelRecord, ChannelWrite } from '../../payments/ports.js'
import { CANNOT_STORE, channelMoved } from '../channel-faults.js'
import { revisionOf, type StoredValue } from './answers.js'
import { encodeChannel, encodeClaim } from './channel-values.js'
import type { EtcdClient } from './client.js'
import { noAnswer, toStoreError, Unanswered, unknownState, Unsure } from './faults.js'
import type { SharedKeys } from './keys.js'
import type { Lock } from './lock.js'
import type { Locks } from './locks.js'
import { isStill, put } from './operations.js'
import type { StoredValues } from './reads.js'
import { type Rows, type RowWrite, writeRow } from './rows.js'
import type { SeenChannels } from './seen-channels.js'
import { PlannedRow } from './tables.js'
import { revisionOfValue } from './was-written.js'

export interface ChannelCommitsDeps {
  readonly client: EtcdClient
  readonly locks: Locks
  readonly rows: Rows
  readonly keys: SharedKeys
  readonly seen: SeenChannels
}

/** A channel as it was read in the transaction that took its lock. */
export interface Begun {
  readonly lock: Lock
  readonly stored: StoredValue | undefined
  readonly record: ChannelRecord | undefined
}

/** Changes channels under their locks, which are given back with the change. */
export class ChannelCommits {
  readonly #deps: ChannelCommitsDeps

  constructor(deps: ChannelCommitsDeps) {
    this.#deps = deps
  }

  /** Errors: those of `ChannelHold.commit`. */
  commit(begun: Begun, write: ChannelWrite): Promise<void> {
    const { beside } = write
    if (beside === undefined) return this.#commit(begun, write)
    if (!(beside instanceof PlannedRow)) throw new SnetError('bug', `the change of ${beside.row} is another store’s`)
    return this.#deps.rows.inTurn(beside.at, () => this.#commit(begun, write, beside))
  }

  /** Tries until the record beside is changed from what it is by then. */
  async #commit(begun: Begun, write: ChannelWrite, beside?: PlannedRow): Promise<void> {
    const { client, rows } = this.#deps
    const deadline = client.deadline()
    try {
      let now = beside && (rows.known(beside.at) ?? (await rows.read(beside.at, deadline)))
      for (;;) {
        const row = beside && now && writeRow(beside.at, now, beside.change(now))
        const others = await this.#tryOnce(begun, write, row)
        if (!others) {
          if (beside) rows.forget(beside.at)
          return
        }
        const [channel, ...values] = others
        if (revisionOf(channel) !== revisionOf(begun.stored) || !beside) throw channelMoved(write.channel.id)
        if (performance.now() > deadline) throw new Unanswered('others change the record beside the channel')
        now = rows.see(beside.at, values)
      }
    } catch (fault) {
      if (fault instanceof Unsure) return await this.#learnOutcome(begun, write, deadline)
      if (fault instanceof Unanswered && begun.lock.revision !== undefined) throw unknownState(fault)
      throw toStoreError(fault, CANNOT_STORE)
    }
  }

  /** Undefined once it is done; else what others have made of the channel and of the record beside. */
  async #tryOnce(
    { lock, stored }: Begun,
    { channel, claim }: ChannelWrite,
    row: RowWrite | undefined,
  ): Promise<StoredValues | undefined> {
    const { keys, locks, seen } = this.#deps
    const channelKey = keys.channel(channel.id)
    const bytes = encodeChannel(channel)
    const compare = [isStill(channelKey, revisionOf(stored))]
    const changes = [put(channelKey, bytes)]
    const reads = [channelKey]
    if (claim) changes.push(put(keys.claim(claim.channel, claim.nonce), encodeClaim(claim)))
    if (row) {
      compare.push(...row.compare)
      changes.push(...row.changes)
      reads.push(...row.keys)
    }
    const committed = await locks.commit(lock, { compare, changes, reads, bytes: 2_048 + (row?.bytes ?? 0) })
    if (!committed.isDone) return committed.values
    seen.set(channelKey, bytes, channel)
    return undefined
  }

  /** etcd did not answer the commit, and will do nothing more of it. Error: `unavailable` where it was not done, or nobody can tell. */
  async #learnOutcome({ lock, stored }: Begun, { channel }: ChannelWrite, deadline: number): Promise<void> {
    const { client, keys, locks } = this.#deps
    const channelKey = keys.channel(channel.id)
    let writtenAt: string | undefined
    try {
      const looked = await locks.look(lock, [channelKey], deadline)
      if (looked.isOurs) throw noAnswer(new Unanswered('the commit was not done'))
      writtenAt = await revisionOfValue(client, channelKey, {
        now: looked.values[0],
        since: revisionOf(stored),
        value: encodeChannel(channel),
        deadline,
      })
    } catch (fault) {
      throw fault instanceof SnetError ? fault : unknownState(fault)
    }
    if (writtenAt === undefined) throw noAnswer(new Unanswered('the commit was not done'))
  }
}
