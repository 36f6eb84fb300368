import {
  channelOfLog,
  decodeChannel,
  decodeNextChannel,
  encodeChannelQuery,
  encodeNextChannelQuery,
  shortReason,
} from '../../ethereum/index.js'
import { BoundedMap } from '../../shared/bounded-map.js'
import { SnetError } from '../../shared/errors.js'
import { type Address, type BlockNumber, blockNumber, type ChannelId } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { Blocks, ChannelReading, EscrowChannels, EscrowHistory } from '../payments/ports.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import type { Rpc } from './rpc.js'

export interface EscrowConfig {
  readonly mpe: Address
  /** A reading older than this accepts nothing. */
  readonly staleLimitMs: number
  readonly maxChannels: number
  /** Channel reads that the whole daemon may make. */
  readonly reads: { readonly burst: number; readonly perSecond: number }
  /** Two blocks seen further apart than this drop all readings: their events are not asked for. */
  readonly maxEventBlocks: bigint
  /** So many payments of one channel are accepted between two looks at the chain. */
  readonly paymentsPerLook: number
}

interface View extends ChannelReading {
  readonly readAt: number
}

/** The escrow contract behind a cache with at most one read per channel and block. */
export class CachedEscrow implements EscrowChannels, EscrowHistory {
  readonly #config: EscrowConfig
  readonly #rpc: Pick<Rpc, 'call' | 'logs'>
  readonly #blocks: Blocks
  readonly #log: Log
  readonly #now: () => number
  readonly #budget: TokenBucket
  /** Least recently used first. Channels that do not exist are kept too, so that asking for them is cheap. */
  readonly #views: BoundedMap<ChannelId, View>
  readonly #reads = new Map<ChannelId, { block: BlockNumber; reading: Promise<View> }>()
  /** Payments accepted since the last look at the chain. */
  readonly #spent: BoundedMap<ChannelId, number>
  #listener: Parameters<EscrowHistory['onBlocks']>[0] | undefined
  /** Ids below this one exist. */
  #nextChannel = { id: 0n, block: -1n }
  #asking: Promise<void> | undefined
  /** The last block before events that could not be read; undefined when there are none. */
  #unscanned: bigint | undefined

  constructor(
    config: EscrowConfig,
    deps: { rpc: Pick<Rpc, 'call' | 'logs'>; blocks: Blocks; log: Log; now?: () => number },
  ) {
    this.#config = config
    this.#views = new BoundedMap(config.maxChannels)
    this.#spent = new BoundedMap(config.maxChannels)
    this.#rpc = deps.rpc
    this.#blocks = deps.blocks
    this.#log = deps.log
    this.#now = deps.now ?? (() => performance.now())
    this.#budget = new TokenBucket(config.reads, this.#now)
  }

  cached(id: ChannelId): ChannelReading | undefined {
    const view = this.#views.get(id)
    if (!view?.channel || this.#now() - view.readAt > this.#config.staleLimitMs) return undefined
    this.#views.set(id, view)
    return view
  }

  spend(id: ChannelId): boolean {
    const spent = (this.#spent.get(id) ?? 0) + 1
    const isMany = spent > this.#config.paymentsPerLook
    // A node that is away is asked again after as many.
    this.#spent.set(id, isMany ? 0 : spent)
    // Early, so that a busy client seldom has to wait for it.
    if (spent === Math.ceil(this.#config.paymentsPerLook / 2)) this.refresh(id).catch(() => undefined)
    return isMany
  }

  async readBack(id: ChannelId, blocks: bigint): Promise<ChannelReading | undefined> {
    const block = this.#blocks.current() - blocks
    if (block < 0n) return undefined
    const channel = await this.#ask(encodeChannelQuery(id), block, (data) => decodeChannel(id, data))
    return { channel, block: blockNumber(block) }
  }

  onBlocks(listener: (changed: ReadonlySet<ChannelId> | undefined) => void): void {
    this.#listener = listener
  }

  async refresh(id: ChannelId): Promise<ChannelReading> {
    const block = await this.#blocks.refresh()
    this.#spent.delete(id)
    const view = this.#views.get(id)
    if (view && view.block >= block) return view
    const running = this.#reads.get(id)
    if (running && running.block >= block) return await running.reading
    const read = { block, reading: this.#read(id, block) }
    this.#reads.set(id, read)
    try {
      const reading = await read.reading
      // Not when blocks or events have told meanwhile that it is old: it serves who waited for it, and nobody after.
      if (this.#reads.get(id) === read) this.#views.set(id, reading)
      return reading
    } finally {
      if (this.#reads.get(id) === read) this.#reads.delete(id)
    }
  }

  /** After blocks were replaced nothing read from them counts. */
  dropAll(): void {
    this.#views.clear()
    this.#reads.clear()
    this.#nextChannel = { id: 0n, block: -1n }
    this.#unscanned = undefined
    this.#listener?.(undefined)
  }

  /**
   * Events of the blocks after `from` up to `to` tell early which readings are old; correctness does not need them. A
   * node that cannot tell them now may be away, so its readings go on counting until it is asked with the next blocks.
   */
  async dropChanged(from: bigint, to: bigint): Promise<void> {
    const since = this.#unscanned ?? from
    if (to - since > this.#config.maxEventBlocks) return this.dropAll()
    const isAwaited = this.#views.size > 0 || this.#reads.size > 0 || this.#listener !== undefined
    if (!isAwaited) return void (this.#unscanned = undefined)
    try {
      const logs = await this.#rpc.logs(this.#config.mpe, since + 1n, to)
      const changed = new Set(logs.map(channelOfLog).filter((id) => id !== undefined))
      for (const id of changed) this.#dropOlder(id, to)
      this.#spent.clear()
      if (this.#unscanned === since) this.#unscanned = undefined
      this.#listener?.(changed)
    } catch (error) {
      this.#log.debug('could not read the events of the escrow contract', { reason: String(error) })
      if (this.#unscanned !== undefined) return this.dropAll()
      this.#unscanned = since
    }
  }

  #dropOlder(id: ChannelId, block: bigint): void {
    const view = this.#views.get(id)
    if (view && view.block < block) this.#views.delete(id)
    const read = this.#reads.get(id)
    if (read && read.block < block) this.#reads.delete(id)
  }

  async #read(id: ChannelId, block: BlockNumber): Promise<View> {
    if (!(await this.#exists(id, block))) return { channel: undefined, block, readAt: this.#now() }
    if (!this.#budget.take()) {
      throw new SnetError('unavailable', 'too many payment channels had to be read from the chain', {
        details: { channel: String(id) },
        hint: 'Try again in a few seconds.',
      })
    }
    const channel = await this.#ask(encodeChannelQuery(id), block, (data) => decodeChannel(id, data))
    return { channel, block, readAt: this.#now() }
  }

  /** Ids are given out in order, so one question per block answers for all ids that nobody ever opened. */
  async #exists(id: ChannelId, block: BlockNumber): Promise<boolean> {
    while (id >= this.#nextChannel.id && this.#nextChannel.block < block) {
      this.#asking ??= this.#askNextChannel(block).finally(() => (this.#asking = undefined))
      await this.#asking
    }
    return id < this.#nextChannel.id
  }

  async #askNextChannel(block: BlockNumber): Promise<void> {
    const before = this.#nextChannel
    const id = await this.#ask(encodeNextChannelQuery(), block, decodeNextChannel)
    // Otherwise the blocks were replaced meanwhile, and whoever waits asks again.
    if (this.#nextChannel === before) this.#nextChannel = { id, block }
  }

  async #ask<T>(query: string, block: bigint, decode: (data: string) => T): Promise<T> {
    const { mpe } = this.#config
    const data = await this.#rpc.call(mpe, query, block)
    try {
      return decode(data)
    } catch (cause) {
      throw new SnetError('unavailable', `the escrow contract ${mpe} could not be read: ${shortReason(cause)}`, {
        hint: 'Check that mpe_address of the service metadata is the escrow contract on the network of the node.',
        cause,
      })
    }
  }
}
