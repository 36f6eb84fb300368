import { setTimeout as after } from 'node:timers/promises'
import { BoundedMap } from '../../shared/bounded-map.js'
import { messageOf, SnetError } from '../../shared/errors.js'
import { type BlockNumber, blockNumber } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { Blocks } from '../payments/ports.js'
import type { BlockHeader } from './rpc.js'

export interface HeadConfig {
  readonly pollIntervalMs: number
  /** Two reads of the newest block start at least this far apart, whatever the number of callers. */
  readonly minIntervalMs: number
  /** Nothing is judged any more when the newest block seen is older than this. */
  readonly staleLimitMs: number
  /** Average time between blocks, to estimate the height while the node is away. */
  readonly blockTimeMs: number
  /** A node that shows older blocks for longer than this is believed: the chain went back. */
  readonly lagLimitMs: number
}

export interface HeadDeps {
  readonly readLatest: () => Promise<BlockHeader>
  readonly readBlock: (number: bigint) => Promise<BlockHeader>
  /** Fails when the node serves another chain; asked before a block is believed that does not fit to those seen. */
  readonly proveChain: () => Promise<void>
  readonly log: Log
  readonly now?: () => number
  /** Blocks that were built upon are gone; whatever was read from them may be wrong. */
  readonly onFork: () => void
  /** The newest block moved from `from` to `to`. */
  readonly onAdvance: (from: bigint, to: bigint) => void
}

const REMEMBERED_BLOCKS = 128

/** Follows the newest block by polling. Numbers never go back unless the chain itself did. */
export class Head implements Blocks {
  readonly #config: HeadConfig
  readonly #deps: HeadDeps
  readonly #now: () => number
  readonly #hashes = new BoundedMap<bigint, string>(REMEMBERED_BLOCKS)
  #newest: BlockHeader | undefined
  #answeredAt = -Infinity
  #behindSince: number | undefined
  #lastStart = -Infinity
  #running: Promise<BlockNumber> | undefined
  #next: Promise<BlockNumber> | undefined
  #away = false
  #isClosed = false

  constructor(config: HeadConfig, deps: HeadDeps) {
    this.#config = config
    this.#deps = deps
    this.#now = deps.now ?? (() => performance.now())
  }

  current(): BlockNumber {
    const age = this.#now() - this.#answeredAt
    if (!this.#newest || age > this.#config.staleLimitMs) {
      throw new SnetError('unavailable', 'cannot determine current block', {
        hint: 'The Ethereum node of the daemon has not answered for too long; try again later.',
      })
    }
    // Between two polls the number read last is the number; only an outage is bridged by an estimate.
    const { pollIntervalMs, minIntervalMs } = this.#config
    const missed = age - 2 * Math.max(pollIntervalMs, minIntervalMs)
    const estimate = missed > 0 ? BigInt(Math.ceil(missed / this.#config.blockTimeMs)) : 0n
    return blockNumber(this.#newest.number + estimate)
  }

  /** The newest block seen, and the time since the chain was last seen to end there; undefined before the first. */
  newest(): { readonly block: bigint; readonly ageMs: number } | undefined {
    return this.#newest && { block: this.#newest.number, ageMs: this.#now() - this.#answeredAt }
  }

  /**
   * A number read after this call: a request under way may already have missed what the caller knows of, so all
   * callers meanwhile share the next one.
   */
  refresh(): Promise<BlockNumber> {
    this.#next ??= this.#startNext()
    return this.#next
  }

  /** A read that fails from now on is our own doing and no outage. */
  close(): void {
    this.#isClosed = true
  }

  async #startNext(): Promise<BlockNumber> {
    await this.#running?.catch(() => undefined)
    const wait = this.#lastStart + this.#config.minIntervalMs - this.#now()
    if (wait > 0) await after(wait)
    this.#next = undefined
    this.#lastStart = this.#now()
    this.#running = this.#read()
    return await this.#running
  }

  async #read(): Promise<BlockNumber> {
    const { header, isFork } = await this.#readBelieved().catch((error: unknown) => {
      if (!this.#away && !this.#isClosed) this.#deps.log.warn('the Ethereum node is away', { reason: messageOf(error) })
      this.#away = true
      throw error
    })
    if (this.#away) this.#deps.log.info('the Ethereum node is back', { block: String(header.number) })
    this.#away = false
    this.#accept(header, isFork)
    return blockNumber((this.#newest as BlockHeader).number)
  }

  /** A reorganisation, a lagging node and a node of another chain look the same from here: only the last is no block. */
  async #readBelieved(): Promise<{ header: BlockHeader; isFork: boolean }> {
    const header = await this.#deps.readLatest()
    const newest = this.#newest
    if (!newest) return { header, isFork: false }
    // The blocks in between are not known, so the header alone does not tell whether it was built on what we saw.
    const isGap = header.number > newest.number + 1n
    const isFork = this.#isFork(header) || (isGap && (await this.#deps.readBlock(newest.number)).hash !== newest.hash)
    if (isFork || header.number - newest.number > REMEMBERED_BLOCKS) await this.#deps.proveChain()
    return { header, isFork }
  }

  #accept(header: BlockHeader, isFork: boolean): void {
    const newest = this.#newest
    if (newest && header.number < newest.number && !this.#wentBack(header)) return
    this.#behindSince = undefined
    this.#answeredAt = this.#now()
    if (isFork) {
      this.#deps.log.warn('the chain was reorganised', { block: String(header.number), before: String(newest?.number) })
      this.#hashes.clear()
      this.#deps.onFork()
    }
    this.#remember(header)
    this.#newest = header
    if (newest && header.number > newest.number) this.#deps.onAdvance(newest.number, header.number)
  }

  /** A lower number is a node that lags, unless it shows another block where we know one, or stays behind. */
  #wentBack(header: BlockHeader): boolean {
    const known = this.#hashes.get(header.number)
    if (known !== undefined && known !== header.hash) return true
    this.#behindSince ??= this.#now()
    return this.#now() - this.#behindSince > this.#config.lagLimitMs
  }

  #isFork({ number, hash, parentHash }: BlockHeader): boolean {
    const here = this.#hashes.get(number)
    const parent = this.#hashes.get(number - 1n)
    const isLower = this.#newest !== undefined && number < this.#newest.number
    return isLower || (here !== undefined && here !== hash) || (parent !== undefined && parent !== parentHash)
  }

  #remember({ number, hash, parentHash }: BlockHeader): void {
    this.#hashes.set(number - 1n, parentHash)
    this.#hashes.set(number, hash)
  }
}
