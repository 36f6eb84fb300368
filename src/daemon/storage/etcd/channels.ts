import { BoundedMap } from '../../../shared/bounded-map.js'
import type { Cancelled } from '../../../shared/cancellation.js'
import { SnetError } from '../../../shared/errors.js'
import type { Address, ChannelId, ChannelNonce } from '../../../shared/units.js'
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
} from '../../payments/ports.js'
import {
  CANNOT_STORE,
  cannotHold,
  cannotRead,
  channelBusy,
  channelMoved,
  committedTwice,
  commitsAnother,
  unlockedByOperator,
} from '../channel-faults.js'
import { storeClosed } from '../no-longer-ours.js'
import { readable } from '../record-text.js'
import { revisionOf, type StoredValue } from './answers.js'
import type { Batches } from './batches.js'
import { decodeChannel, decodeClaim, encodeChannel, encodeClaim } from './channel-values.js'
import type { EtcdClient } from './client.js'
import { noAnswer, toStoreError, Unanswered, unknownState, Unsure } from './faults.js'
import type { Holders } from './holders.js'
import type { SharedKeys } from './keys.js'
import { listPages } from './listing.js'
import type { Lock } from './lock.js'
import type { Locks } from './locks.js'
import type { Membership } from './membership.js'
import { isStill, put, remove } from './operations.js'
import type { Reads } from './reads.js'
import { type Rows, type RowWrite, writeRow } from './rows.js'
import { PlannedRow } from './tables.js'
import { wasWritten } from './was-written.js'

export interface ChannelsDeps {
  readonly client: EtcdClient
  readonly batches: Batches
  readonly membership: Membership
  readonly locks: Locks
  readonly reads: Reads
  readonly rows: Rows
  readonly holders: Holders
  readonly keys: SharedKeys
  /** The EIP-55 spelling of an address. */
  readonly toAddress: (text: string) => Address
}

/** The channels of a group whose daemons share an etcd, where the reference keeps them. */
export class EtcdChannels implements ChannelStore, ChannelHolds, ClaimStore, AsyncDisposable {
  readonly #deps: ChannelsDeps
  readonly #underWay = new Set<Promise<unknown>>()
  readonly #seen = new BoundedMap<string, Seen>(MOST_SEEN)
  #isClosed = false

  constructor(deps: ChannelsDeps) {
    this.#deps = deps
  }

  async hold(id: ChannelId, cancelled?: Cancelled, waitMs = 0, by = 'this daemon'): Promise<ChannelHold> {
    const { locks, keys } = this.#deps
    const channelKey = keys.channel(id)
    const wanted = { reads: [channelKey], by, waitMs, cancelled }
    const lock = await locks.take(keys.lock(id), wanted).catch((fault: unknown) => {
      if (cancelled?.aborted) throw fault
      throw toStoreError(fault, cannotHold(id))
    })
    if (!lock) throw channelBusy(id)
    try {
      const [stored] = lock.values
      return this.#holdOf(id, lock, { stored, record: this.#decode(stored, channelKey) })
    } catch (cause) {
      await locks.release(lock)
      throw new SnetError('storage-failed', cannotHold(id), { cause })
    }
  }

  async read(id: ChannelId): Promise<ChannelRecord | undefined> {
    const key = this.#deps.keys.channel(id)
    try {
      return this.#decode(await this.#get(key), key)
    } catch (cause) {
      throw cause instanceof Unanswered ? noAnswer(cause) : new SnetError('storage-failed', cannotRead(id), { cause })
    }
  }

  seen(id: ChannelId): ChannelRecord | undefined {
    return this.#seen.get(this.#deps.keys.channel(id))?.record
  }

  async readClaim(id: ChannelId, nonce: ChannelNonce): Promise<PendingClaim | undefined> {
    const key = this.#deps.keys.claim(id, nonce)
    try {
      const stored = await this.#get(key)
      return stored && decodeClaim(stored.value, key)
    } catch (fault) {
      throw toStoreError(fault, `the claim ${key} cannot be read`)
    }
  }

  async *list(onDamage?: DamageListener): AsyncGenerator<ChannelRecord> {
    const { keys, toAddress } = this.#deps
    for await (const { key, value } of this.#listAll(keys.channels))
      if (keys.channelOf(key) !== undefined) yield* readable(key, () => decodeChannel(value, key, toAddress), onDamage)
  }

  async *listClaims(onDamage?: DamageListener): AsyncGenerator<PendingClaim> {
    const { keys } = this.#deps
    for await (const { key, value } of this.#listAll(keys.claims))
      if (keys.claimOf(key)) yield* readable(key, () => decodeClaim(value, key), onDamage)
  }

  async forgetClaim(channel: ChannelId, nonce: ChannelNonce): Promise<void> {
    if (this.#isClosed) throw storeClosed()
    const { batches, membership, keys } = this.#deps
    const key = keys.claim(channel, nonce)
    try {
      const step = { request: { success: [remove(key)] }, session: membership.require(), keys: [key] }
      await this.#track(batches.send(step))
    } catch (fault) {
      throw toStoreError(fault, `the claim ${key} cannot be deleted`)
    }
  }

  heldNow(): Promise<readonly HeldChannel[]> {
    return this.#deps.holders.heldNow()
  }

  heldOn(id: ChannelId): Promise<HeldChannel | undefined> {
    return this.#deps.holders.heldOn(id)
  }

  endHold(id: ChannelId): Promise<void> {
    return this.#deps.holders.end(this.#deps.keys.lock(id), unlockedByOperator(id))
  }

  /** Commits under way are finished; what is still held is lost with the locks. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#underWay)
  }

  #decode(stored: StoredValue | undefined, key: string): ChannelRecord | undefined {
    if (!stored) return undefined
    const seen = this.#seen.get(key)
    if (seen?.bytes.equals(stored.value)) return seen.record
    const record = decodeChannel(stored.value, key, this.#deps.toAddress)
    this.#seen.set(key, { bytes: Buffer.from(stored.value), record })
    return record
  }

  async #get(key: string): Promise<StoredValue | undefined> {
    if (this.#isClosed) throw storeClosed()
    return (await this.#deps.reads.get([key]))[0]
  }

  async *#listAll(prefix: string): AsyncGenerator<{ readonly key: string; readonly value: Uint8Array }> {
    try {
      for await (const page of listPages(this.#deps.client, prefix))
        for (const { key, value } of page) yield { key: key.toString(), value }
    } catch (fault) {
      throw toStoreError(fault, 'the stored payments cannot be listed')
    }
  }

  #holdOf(id: ChannelId, lock: Lock, begun: Begun): ChannelHold {
    let commit: Promise<void> | undefined
    let isOver = false
    return {
      record: begun.record,
      lost: lock.lost,
      commit: async (write) => {
        if (commit || isOver) throw committedTwice()
        if (write.channel.id !== id) throw commitsAnother()
        lock.lost.throwIfAborted()
        commit = this.#track(this.#commit(lock, begun, write))
        await commit
      },
      [Symbol.asyncDispose]: async () => {
        if (isOver) return
        isOver = true
        // Until the outcome is known nobody else may move the channel.
        await commit?.catch(() => undefined)
        await this.#deps.locks.release(lock)
      },
    }
  }

  async #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay.add(work)
    try {
      return await work
    } finally {
      this.#underWay.delete(work)
    }
  }

  async #commit(lock: Lock, begun: Begun, write: ChannelWrite): Promise<void> {
    const { beside } = write
    if (beside === undefined) return await this.#commitWith(lock, begun, write)
    if (!(beside instanceof PlannedRow)) throw new SnetError('bug', `the change of ${beside.row} is another store’s`)
    await this.#deps.rows.inTurn(beside.at, () => this.#commitWith(lock, begun, write, beside))
  }

  /** Tries until the record beside is changed from what it is by then. */
  async #commitWith(lock: Lock, begun: Begun, write: ChannelWrite, beside?: PlannedRow): Promise<void> {
    const { client, rows } = this.#deps
    const deadline = client.deadline()
    try {
      let now = beside && (rows.known(beside.at) ?? (await rows.read(beside.at, deadline)))
      for (;;) {
        const row = beside && now && writeRow(beside.at, now, beside.change(now))
        const outcome = await this.#tryCommit(lock, begun, write, row)
        if (outcome === 'done') {
          if (beside) rows.forget(beside.at)
          return
        }
        const [channel, ...values] = outcome
        if (revisionOf(channel) !== revisionOf(begun.stored) || !beside) throw channelMoved(write.channel.id)
        if (performance.now() > deadline) throw new Unanswered('others change the record beside the channel')
        now = rows.see(beside.at, values)
      }
    } catch (fault) {
      if (fault instanceof Unsure) return await this.#learnOutcome(lock, begun, write, deadline)
      if (fault instanceof Unanswered && lock.revision !== undefined) throw unknownState(fault)
      throw toStoreError(fault, CANNOT_STORE)
    }
  }

  /** What the channel and the record beside hold, where they were not as they were read. */
  async #tryCommit(
    lock: Lock,
    { stored }: Begun,
    { channel, claim }: ChannelWrite,
    row: RowWrite | undefined,
  ): Promise<'done' | readonly (StoredValue | undefined)[]> {
    const { keys, locks } = this.#deps
    const channelKey = keys.channel(channel.id)
    const bytes = encodeChannel(channel)
    const claimPut = claim && [put(keys.claim(claim.channel, claim.nonce), encodeClaim(claim))]
    const committed = await locks.commit(lock, {
      compare: [isStill(channelKey, revisionOf(stored)), ...(row?.compare ?? [])],
      changes: [put(channelKey, bytes), ...(claimPut ?? []), ...(row?.changes ?? [])],
      reads: [channelKey, ...(row?.keys ?? [])],
      bytes: 2_048 + (row?.bytes ?? 0),
    })
    if (!committed.isDone) return committed.values
    this.#seen.set(channelKey, { bytes, record: channel })
    return 'done'
  }

  /** etcd did not answer the commit, and will do nothing more of it. Error: `unavailable` where it was not done, or nobody can tell. */
  async #learnOutcome(lock: Lock, { stored }: Begun, { channel }: ChannelWrite, deadline: number): Promise<void> {
    const { client, keys, locks } = this.#deps
    const channelKey = keys.channel(channel.id)
    let isWritten: boolean | undefined
    try {
      const looked = await locks.look(lock, [channelKey], deadline)
      if (looked.isOurs) throw noAnswer(new Unanswered('the commit was not done'))
      isWritten = await wasWritten(client, channelKey, {
        now: looked.values[0],
        since: revisionOf(stored),
        value: encodeChannel(channel),
        deadline,
      })
    } catch (fault) {
      throw fault instanceof SnetError ? fault : unknownState(fault)
    }
    if (isWritten === undefined) throw unknownState(new Unanswered('the history of the channel is gone'))
    if (!isWritten) throw noAnswer(new Unanswered('the commit was not done'))
  }
}

/** A record with its bytes, which need not be decoded again: most calls of a channel come to the same daemon. */
interface Seen {
  readonly bytes: Buffer
  readonly record: ChannelRecord
}

const MOST_SEEN = 4_096

/** The channel as it was read in the transaction that took its lock. */
interface Begun {
  readonly stored: StoredValue | undefined
  readonly record: ChannelRecord | undefined
}
