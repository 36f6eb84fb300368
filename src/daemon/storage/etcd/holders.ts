import type { IKeyValue } from 'etcd3'
import { pause } from '../../../shared/clock.js'
import { SnetError } from '../../../shared/errors.js'
import type { ChannelId } from '../../../shared/units.js'
import type { HeldChannel } from '../../payments/ports.js'
import type { EtcdClient } from './client.js'
import { toStoreError } from './faults.js'
import { follow } from './follow.js'
import { LOCKED, type SharedKeys, UNLOCKED } from './keys.js'
import { listPages } from './listing.js'
import type { Locks } from './locks.js'
import type { Membership } from './membership.js'
import type { Moments } from './moments.js'
import { isStill, NO_LEASE, put, toBytes } from './operations.js'
import type { EtcdProcesses } from './processes.js'

export interface HoldersDeps {
  readonly client: EtcdClient
  readonly membership: Membership
  readonly processes: EtcdProcesses
  readonly locks: Locks
  readonly moments: Moments
  readonly keys: SharedKeys
}

const POLL_MS = 50
const NO_LEASE_TEXT = 'a daemon without a lease, as the reference’s are: nothing ends this by itself'

/** Who has which lock, of all processes; and how the operator ends the hold of another process: its owner is asked to. */
export class Holders implements AsyncDisposable {
  readonly #deps: HoldersDeps
  readonly #asked: string
  readonly #closing = new AbortController()
  readonly #following: Promise<void>

  constructor(deps: HoldersDeps) {
    this.#deps = deps
    this.#asked = `${deps.keys.own}end/`
    this.#following = follow(
      deps.client,
      this.#asked,
      {
        state: (kvs) => this.#hear(kvs),
        changed: (events) => this.#hear(events.flatMap(({ kv, isGone }) => (isGone ? [] : [kv]))),
      },
      this.#closing.signal,
    )
  }

  async heldNow(): Promise<readonly HeldChannel[]> {
    const held: HeldChannel[] = []
    for await (const [channel, kv] of this.#listLocked()) held.push(this.#describe(channel, kv))
    return held
  }

  /** Since when each channel is held that no lease frees, in milliseconds since 1970: the truth is no later. */
  async *leaseless(): AsyncGenerator<number> {
    for await (const [channel, kv] of this.#listLocked())
      if (kv.lease === NO_LEASE) yield this.#describe(channel, kv).since
  }

  async heldOn(channel: ChannelId): Promise<HeldChannel | undefined> {
    const kv = await this.#read(this.#deps.keys.lock(channel))
    if (!isLocked(kv)) return undefined
    const held = this.#describe(channel, kv)
    if (kv.lease === NO_LEASE || this.#deps.locks.heldHere(kv.key.toString())) return held
    const left = await this.#deps.client.leaseLeft(kv.lease).catch((fault: unknown) => {
      throw toStoreError(fault, 'the lease of a hold cannot be read')
    })
    return { ...held, leaseLeftMs: (left ?? 0) * 1_000 }
  }

  /** Whether somebody has the lock. */
  async isHeld(key: string): Promise<boolean> {
    return this.#deps.locks.heldHere(key) !== undefined || isLocked(await this.#read(key))
  }

  /** Resolves once it is free. Error: `unavailable` where its owner does not give it up; his lease ends it then. */
  async end(key: string, reason: SnetError): Promise<void> {
    const { locks } = this.#deps
    const here = locks.heldHere(key)
    if (here) return await locks.end(here, reason)
    const kv = await this.#read(key)
    if (!isLocked(kv)) return
    try {
      if (locks.isStray(key, kv.lease)) await locks.freeStray(key)
      else if (kv.lease === NO_LEASE) await this.#unlock(kv)
      else await this.#askOwner(kv)
    } catch (fault) {
      throw toStoreError(fault, `the lock ${key} cannot be ended`)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#following
  }

  async *#listLocked(): AsyncGenerator<readonly [ChannelId, IKeyValue]> {
    const { client, keys } = this.#deps
    try {
      for await (const page of listPages(client, keys.locks))
        for (const kv of page) {
          const channel = keys.channelOf(kv.key.toString())
          if (channel !== undefined && isLocked(kv)) yield [channel, kv]
        }
    } catch (fault) {
      throw toStoreError(fault, 'the locks of channels cannot be listed')
    }
  }

  async #read(key: string): Promise<IKeyValue | undefined> {
    try {
      return (await this.#deps.client.range({ key: toBytes(key) })).kvs[0]
    } catch (fault) {
      throw toStoreError(fault, `the lock ${key} cannot be read`)
    }
  }

  #describe(channel: ChannelId, { key, mod_revision: revision, lease }: IKeyValue): HeldChannel {
    const { locks, processes, moments } = this.#deps
    const here = locks.heldHere(key.toString())
    if (here) return { channel, by: here.by, since: here.since }
    const by = lease === NO_LEASE ? NO_LEASE_TEXT : processes.describe(lease)
    return { channel, by, since: moments.of(BigInt(revision)) }
  }

  async #unlock({ key, mod_revision: revision }: IKeyValue): Promise<void> {
    const name = key.toString()
    await this.#deps.client.txn({ compare: [isStill(name, revision)], success: [put(name, UNLOCKED)] })
  }

  /** The request goes with the lease of this process, and is for that very hold. */
  async #askOwner(kv: IKeyValue): Promise<void> {
    const { client, membership } = this.#deps
    const key = kv.key.toString()
    const request = put(`${this.#asked}${kv.lease}/${kv.mod_revision}`, key, membership.require().lost.lease)
    await client.txn({ success: [request] })
    for (const deadline = client.deadline(); performance.now() < deadline; await pause(POLL_MS)) {
      const now = await this.#read(key)
      if (!isLocked(now) || now.mod_revision !== kv.mod_revision) return
    }
    throw new SnetError('unavailable', `whoever holds ${key} does not give it up`, {
      hint: 'It is free as soon as the lease of that daemon ends: look again in some seconds.',
    })
  }

  #hear(kvs: readonly IKeyValue[]): void {
    const { locks, membership } = this.#deps
    for (const kv of kvs) {
      const [lease, revision] = kv.key.toString().slice(this.#asked.length).split('/')
      const lock = locks.heldHere(kv.value.toString())
      if (!lock || lease !== membership.session.lost.lease || lock.revision !== revision) continue
      const reason = new SnetError(
        'unavailable',
        'this call was ended by the operator of another daemon of the group',
        {
          hint: 'The call cost nothing: send the payment again.',
        },
      )
      void locks.end(lock, reason)
    }
  }
}

const isLocked = (kv: IKeyValue | undefined): kv is IKeyValue => kv?.value.toString() === LOCKED
