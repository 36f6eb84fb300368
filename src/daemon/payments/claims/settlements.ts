import { SnetError } from '../../../shared/errors.js'
import type { ChannelId } from '../../../shared/units.js'
import { mergeChannel, writeOf } from '../escrow/index.js'
import type { ChannelReading, ClaimStore, EscrowHistory, PendingClaim } from '../ports.js'
import type { ClaimsDeps } from './deps.js'

export interface SettlementsDeps extends Pick<ClaimsDeps, 'channels' | 'terms' | 'blocks'> {
  readonly store: ClaimStore
  readonly history: EscrowHistory
  /** Blocks that must have been built upon the one in which a claim was settled. */
  readonly confirmations: bigint
  /** Told of what nobody waits for. */
  readonly onFault: (fault: unknown) => void
}

/**
 * Follows claims on chain, block by block, whether or not the provider asks. A claim that was settled is deleted only
 * when so many blocks were built upon it that the chain will not take it back: until then the store has its only
 * signature. What was signed on a channel that was claimed past the daemon becomes such a claim.
 */
export function followClaims(deps: SettlementsDeps): AsyncDisposable {
  const settlements = new Settlements(deps)
  settlements.start()
  return settlements
}

class Settlements implements AsyncDisposable {
  readonly #deps: SettlementsDeps
  /** Readings of channels with a claim, from the newest block at which they may have changed. */
  readonly #known = new Map<ChannelId, ChannelReading>()
  /** Channels that changed on chain, and were not compared with the store since. */
  readonly #changed = new Set<ChannelId>()
  #isFirst = true
  #round: Promise<void> | undefined
  #isDue = false
  #isClosed = false

  constructor(deps: SettlementsDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#deps.history.onBlocks((changed) => this.#hear(changed))
    this.#wake()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    await this.#round
  }

  #hear(changed: ReadonlySet<ChannelId> | undefined): void {
    if (!changed) this.#known.clear()
    for (const id of changed ?? []) {
      this.#known.delete(id)
      this.#changed.add(id)
    }
    this.#wake()
  }

  /** However often this is called, one round begins after the last call, and never two at a time. */
  #wake(): void {
    this.#isDue = true
    this.#round ??= this.#rounds().finally(() => (this.#round = undefined))
  }

  async #rounds(): Promise<void> {
    while (this.#isDue && !this.#isClosed) {
      this.#isDue = false
      try {
        await this.#goRound()
      } catch (fault) {
        // The next block is the next try.
        this.#deps.onFault(fault)
      }
    }
  }

  async #goRound(): Promise<void> {
    const { store } = this.#deps
    if (this.#isFirst) for await (const record of store.list()) if (record.authorized > 0n) this.#changed.add(record.id)
    this.#isFirst = false
    for (const id of this.#changed) {
      if (this.#isClosed) return
      try {
        await this.#compare(id)
      } catch (fault) {
        if (isAway(fault)) throw fault
        // One channel that cannot be read or is of another group does not keep the others from being followed.
        this.#changed.delete(id)
        this.#deps.onFault(fault)
      }
    }
    for await (const claim of store.listClaims()) {
      if (this.#isClosed) return
      await this.#followClaim(claim)
    }
  }

  /** Keeps what was signed under a nonce that the chain has left behind as the claim that it became. */
  async #compare(id: ChannelId): Promise<void> {
    const { channels, history, terms } = this.#deps
    const record = await channels.read(id)
    const reading = record && record.authorized > 0n ? await history.readBack(id, 0n) : undefined
    if (record && reading?.channel && reading.channel.nonce > record.nonce) {
      const hold = await channels.hold(id).catch(unlessBusy)
      // A call that is under way keeps it itself, should it succeed; else it is compared with the next block.
      if (!hold) return
      await using _held = hold
      const merged = mergeChannel(reading.channel, hold.record, terms.current)
      if (merged && merged.authorized === 0n) await hold.commit(writeOf(hold.record, merged))
    }
    this.#changed.delete(id)
  }

  async #followClaim({ channel: id, nonce }: PendingClaim): Promise<void> {
    const { history, store, blocks, confirmations } = this.#deps
    const known = this.#known.get(id) ?? (await history.readBack(id, 0n))
    if (!known) return
    this.#known.set(id, known)
    const isSettled = known.channel !== undefined && known.channel.nonce > nonce
    if (!isSettled || blocks.current() < known.block + confirmations) return
    const confirmed = await history.readBack(id, confirmations)
    if (confirmed?.channel && confirmed.channel.nonce > nonce) await store.forgetClaim(id, nonce)
    else this.#known.delete(id)
  }
}

const isAway = (fault: unknown): boolean => fault instanceof SnetError && fault.kind === 'unavailable'

function unlessBusy(fault: unknown): undefined {
  if (fault instanceof SnetError && fault.kind === 'channel-busy') return undefined
  throw fault
}
