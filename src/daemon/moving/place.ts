import type { ChannelStore, ChannelWrite } from '../payments/ports.js'
import type { ChannelRecord, PendingClaim } from '../payments/index.js'
import type { ChannelId, ChannelNonce } from '../../shared/units.js'
import type { Money } from './tally.js'

/** Where channels and claims are merged in. */
export interface Place {
  read(id: ChannelId): Promise<ChannelRecord | undefined>
  readClaim(id: ChannelId, nonce: ChannelNonce): Promise<PendingClaim | undefined>
  /**
   * Writes what `decide` makes of the channel as it is now, with nothing in between; nothing where that is undefined. It
   * may be asked more than once. Error: `channel-busy`.
   */
  change(id: ChannelId, decide: (kept: ChannelRecord | undefined) => Promise<ChannelWrite | undefined>): Promise<void>
}

/** The store itself. */
export const realPlace = (channels: ChannelStore, holdWaitMs: number): Place => ({
  read: (id) => channels.read(id),
  readClaim: (id, nonce) => channels.readClaim(id, nonce),
  async change(id, decide) {
    // What is right already is not held: a call may go on.
    if (!(await decide(await channels.read(id)))) return
    await using hold = await channels.hold(id, undefined, holdWaitMs, 'an import of payments')
    const write = await decide(hold.record)
    if (write) await hold.commit(write)
  },
})

/** The store with what would be written before the eyes, and nothing written. */
export class Rehearsal implements Place {
  readonly #channels: ChannelStore
  readonly #records = new Map<ChannelId, ChannelRecord>()
  readonly #claims = new Map<string, PendingClaim>()
  #signed = 0n
  #claimed = 0n

  constructor(channels: ChannelStore) {
    this.#channels = channels
  }

  /** What all of it would add to the money. */
  get gained(): Money {
    return { signed: this.#signed, claims: this.#claimed }
  }

  async read(id: ChannelId): Promise<ChannelRecord | undefined> {
    return this.#records.get(id) ?? (await this.#channels.read(id))
  }

  async readClaim(id: ChannelId, nonce: ChannelNonce): Promise<PendingClaim | undefined> {
    return this.#claims.get(`${id}/${nonce}`) ?? (await this.#channels.readClaim(id, nonce))
  }

  async change(
    id: ChannelId,
    decide: (kept: ChannelRecord | undefined) => Promise<ChannelWrite | undefined>,
  ): Promise<void> {
    const kept = await this.read(id)
    const write = await decide(kept)
    if (!write) return
    this.#signed += write.channel.authorized - (kept?.authorized ?? 0n)
    this.#records.set(id, write.channel)
    const { claim } = write
    if (!claim) return
    const before = (await this.readClaim(id, claim.nonce))?.amount ?? 0n
    this.#claimed += claim.amount - before
    this.#claims.set(`${id}/${claim.nonce}`, claim)
  }
}
