import type { Cancelled } from '../../../shared/cancellation.js'
import { SnetError } from '../../../shared/errors.js'
import type { Address, ChannelId, ChannelNonce } from '../../../shared/units.js'
import type {
  ChannelHold,
  ChannelHolds,
  ChannelRecord,
  ChannelStore,
  ClaimStore,
  DamageListener,
  HeldChannel,
  PendingClaim,
} from '../../payments/ports.js'
import { cannotHold, cannotRead, channelBusy, unlockedByOperator } from '../channel-faults.js'
import { storeClosed } from '../no-longer-ours.js'
import { readable } from '../record-text.js'
import type { StoredValue } from './answers.js'
import type { Batches } from './batches.js'
import { ChannelCommits } from './channel-commits.js'
import { type ChannelHoldDeps, EtcdChannelHold } from './channel-hold.js'
import { decodeChannel, decodeClaim } from './channel-values.js'
import type { EtcdClient } from './client.js'
import { toStoreError, Unanswered, Unwritten } from './faults.js'
import type { Holders } from './holders.js'
import type { SharedKeys } from './keys.js'
import { listPages } from './listing.js'
import type { Locks } from './locks.js'
import type { Membership } from './membership.js'
import { remove } from './operations.js'
import type { Reads } from './reads.js'
import type { Rows } from './rows.js'
import { SeenChannels } from './seen-channels.js'
import { UnderWay } from './under-way.js'

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
  readonly #underWay = new UnderWay()
  readonly #seen: SeenChannels
  readonly #hold: ChannelHoldDeps
  #isClosed = false

  constructor(deps: ChannelsDeps) {
    this.#deps = deps
    this.#seen = new SeenChannels(deps.toAddress)
    const commits = new ChannelCommits({ ...deps, seen: this.#seen })
    this.#hold = { locks: deps.locks, commits, underWay: this.#underWay }
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
    const [stored] = lock.values
    try {
      return new EtcdChannelHold(this.#hold, id, { lock, stored, record: this.#seen.decode(stored, channelKey) })
    } catch (cause) {
      await locks.release(lock)
      throw new SnetError('storage-failed', cannotHold(id), { cause })
    }
  }

  async read(id: ChannelId): Promise<ChannelRecord | undefined> {
    const key = this.#deps.keys.channel(id)
    try {
      return this.#seen.decode(await this.#get(key), key)
    } catch (cause) {
      if (cause instanceof Unanswered || cause instanceof Unwritten) throw toStoreError(cause, cannotRead(id))
      throw new SnetError('storage-failed', cannotRead(id), { cause })
    }
  }

  seen(id: ChannelId): ChannelRecord | undefined {
    return this.#seen.get(this.#deps.keys.channel(id))
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
      await this.#underWay.track(batches.send(step))
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
    await this.#underWay.settled()
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
}
