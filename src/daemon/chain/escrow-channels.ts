import {
  channelOfLog,
  decodeChannel,
  decodeNextChannel,
  encodeChannelQuery,
  encodeNextChannelQuery,
} from '../../ethereum/index.js'
import { SnetError } from '../../shared/errors.js'
import type { Address, BlockNumber, ChannelId } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { Blocks, ChannelReading, EscrowChannels } from '../payments/ports.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import type { Rpc } from './rpc.js'

export interface EscrowConfig {
  readonly mpe: Address
  /** A reading older than this accepts nothing. */
  readonly staleLimitMs: number
  readonly maxChannels: number
  /** Channel reads that the whole daemon may make. */
  readonly reads: { readonly burst: number; readonly perSecond: number }
  /** Above this distance between two blocks seen, events are not asked for: all readings are dropped instead. */
  readonly maxEventBlocks: bigint
}

interface View extends ChannelReading {
  readonly readAt: number
}

/** The escrow contract behind a cache with at most one read per channel and block. */
export class CachedEscrow implements EscrowChannels {
  readonly #config: EscrowConfig
  readonly #rpc: Pick<Rpc, 'call' | 'logs'>
  readonly #blocks: Blocks
  readonly #log: Log
  readonly #now: () => number
  readonly #budget: TokenBucket
  /** Least recently used first. Channels that do not exist are kept too, so that asking for them is cheap. */
  readonly #views = new Map<ChannelId, View>()
  readonly #reads = new Map<ChannelId, { block: BlockNumber; reading: Promise<View> }>()
  /** Ids below this one exist. */
  #nextChannel = { id: 0n, block: -1n }
  #asking: Promise<void> | undefined

  constructor(
    config: EscrowConfig,
    deps: { rpc: Pick<Rpc, 'call' | 'logs'>; blocks: Blocks; log: Log; now?: () => number },
  ) {
    this.#config = config
    this.#rpc = deps.rpc
    this.#blocks = deps.blocks
    this.#log = deps.log
    this.#now = deps.now ?? (() => performance.now())
    this.#budget = new TokenBucket(config.reads, this.#now)
  }

  cached(id: ChannelId): ChannelReading | undefined {
    const view = this.#views.get(id)
    if (!view?.channel || this.#now() - view.readAt > this.#config.staleLimitMs) return undefined
    this.#views.delete(id)
    this.#views.set(id, view)
    return view
  }

  async refresh(id: ChannelId): Promise<ChannelReading> {
    const block = await this.#blocks.refresh()
    const view = this.#views.get(id)
    if (view && view.block >= block) return view
    const running = this.#reads.get(id)
    if (running && running.block >= block) return await running.reading
    const reading = this.#read(id, block).finally(() => {
      if (this.#reads.get(id)?.reading === reading) this.#reads.delete(id)
    })
    this.#reads.set(id, { block, reading })
    return await reading
  }

  /** After blocks were replaced nothing read from them counts. */
  dropAll(): void {
    this.#views.clear()
    this.#reads.clear()
    this.#nextChannel = { id: 0n, block: -1n }
  }

  /** Events of the blocks after `from` up to `to` tell early which readings are old; correctness does not need them. */
  async dropChanged(from: bigint, to: bigint): Promise<void> {
    if (this.#views.size === 0) return
    if (to - from > this.#config.maxEventBlocks) return this.dropAll()
    try {
      for (const log of await this.#rpc.logs(this.#config.mpe, from + 1n, to)) {
        const id = channelOfLog(log)
        if (id !== undefined) this.#dropOlder(id, to)
      }
    } catch (error) {
      this.#log.debug('could not read the events of the escrow contract', { reason: String(error) })
      this.dropAll()
    }
  }

  #dropOlder(id: ChannelId, block: bigint): void {
    const view = this.#views.get(id)
    if (view && view.block < block) this.#views.delete(id)
  }

  async #read(id: ChannelId, block: BlockNumber): Promise<View> {
    if (!(await this.#exists(id, block))) return this.#keep(id, { channel: undefined, block, readAt: this.#now() })
    if (!this.#budget.take()) {
      throw new SnetError('unavailable', 'too many payment channels had to be read from the chain', {
        details: { channel: String(id) },
        hint: 'Try again in a few seconds.',
      })
    }
    const data = await this.#rpc.call(this.#config.mpe, encodeChannelQuery(id), block)
    return this.#keep(id, { channel: decodeChannel(id, data), block, readAt: this.#now() })
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
    const id = decodeNextChannel(await this.#rpc.call(this.#config.mpe, encodeNextChannelQuery(), block))
    this.#nextChannel = { id, block }
  }

  #keep(id: ChannelId, view: View): View {
    const known = this.#views.get(id)
    if (known && known.block > view.block) return known
    this.#views.delete(id)
    this.#views.set(id, view)
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= this.#config.maxChannels) break
      this.#views.delete(oldest)
    }
    return view
  }
}
