import type { Cancelled } from '../../../shared/cancellation.js'
import type { ChannelId } from '../../../shared/units.js'
import type { ChannelHold, ChannelRecord, ChannelWrite } from '../../payments/ports.js'
import { committedTwice, commitsAnother } from '../channel-faults.js'
import type { Begun, ChannelCommits } from './channel-commits.js'
import type { Locks } from './locks.js'
import type { UnderWay } from './under-way.js'

export interface ChannelHoldDeps {
  readonly locks: Locks
  readonly commits: ChannelCommits
  readonly underWay: UnderWay
}

/** The lock of a channel, with its record. */
export class EtcdChannelHold implements ChannelHold {
  readonly #deps: ChannelHoldDeps
  readonly #id: ChannelId
  readonly #begun: Begun
  #commit: Promise<void> | undefined
  #isOver = false

  constructor(deps: ChannelHoldDeps, id: ChannelId, begun: Begun) {
    this.#deps = deps
    this.#id = id
    this.#begun = begun
  }

  get record(): ChannelRecord | undefined {
    return this.#begun.record
  }

  get lost(): Cancelled {
    return this.#begun.lock.lost
  }

  async commit(write: ChannelWrite): Promise<void> {
    if (this.#commit || this.#isOver) throw committedTwice()
    if (write.channel.id !== this.#id) throw commitsAnother()
    this.lost.throwIfAborted()
    const { commits, underWay } = this.#deps
    this.#commit = underWay.track(commits.commit(this.#begun, write))
    await this.#commit
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    // Until the outcome is known nobody else may move the channel.
    await this.#commit?.catch(() => undefined)
    await this.#deps.locks.release(this.#begun.lock)
  }
}
