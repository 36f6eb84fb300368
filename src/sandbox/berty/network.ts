import type { Core } from './core.js'
import { Delivery } from './delivery.js'
import { type KeyDelay, Links } from './links.js'
import type { LoadSettings } from './load.js'
import { createMedias } from './media.js'
import { BertyPeer, type PeerOptions } from './peer.js'
import { createRandom } from './random.js'
import { defaultSettings, type LinkSettings, type Settings } from './settings.js'
import { Timers } from './timers.js'
import { type Truth, TruthBook } from './truth.js'
import { Topology } from './core.js'

export interface BertyNetworkOptions {
  /** The same seed gives the same keys, ids and draws. */
  readonly seed: string | number
  /** Milliseconds since 1970. The clock of a peer may differ, see `clockOffsetMs`. */
  readonly clock?: () => number
  /** How many messages each peer keeps of each group; the oldest are forgotten first. Default: all. */
  readonly keepMessages?: number
  /** How many messages `truth` lists, while it counts all of them. Default: all. */
  readonly keepTruth?: number
  readonly settings?: Partial<Settings>
  /** Replaces defaults of `settings.load`. */
  readonly load?: Partial<LoadSettings>
}

/** Fake Bertys in this process, and the network between them. Disposing it ends them all. */
export class BertyNetwork implements AsyncDisposable {
  /** May be changed at any time. */
  readonly settings: Settings
  readonly #peers = new Map<string, BertyPeer>()
  readonly #core: Core
  readonly #book: TruthBook

  constructor({ seed, clock = Date.now, keepMessages, keepTruth, settings = {}, load = {} }: BertyNetworkOptions) {
    this.settings = { ...defaultSettings(), ...settings }
    Object.assign(this.settings.load, load)
    this.#book = new TruthBook(keepTruth ?? Number.MAX_SAFE_INTEGER)
    const shared = {
      ...{ settings: this.settings, book: this.#book, timers: new Timers(), now: clock },
      ...{ random: createRandom(String(seed)), links: new Links(this.settings) },
      keepMessages: keepMessages ?? Number.MAX_SAFE_INTEGER,
    }
    const delivery = new Delivery(shared)
    const topology = new Topology()
    this.#core = {
      ...{ ...shared, delivery, topology, medias: createMedias() },
      spread: (entry) => delivery.spread(entry),
      moved: () => topology.changed(),
      reconcile: (group) => {
        delivery.reconcile(group)
        topology.changed()
      },
      keyWriteDelay: (from, to) => shared.links.keyDelay(from, to).writeMs,
      hosts: () => this.peers,
    }
  }

  get peers(): readonly BertyPeer[] {
    return [...this.#peers.values()]
  }

  /** Starts a Berty; its port answers when this resolves. */
  async startPeer(options: PeerOptions): Promise<BertyPeer> {
    if (this.#peers.has(options.name)) throw new Error(`there is already a peer called ${options.name}`)
    const peer = await BertyPeer.start(options, this.#core)
    this.#peers.set(peer.name, peer)
    return peer
  }

  /** Cuts every connection between one side and the other. */
  partition(ones: readonly string[], others: readonly string[]): void {
    this.#core.links.cut(ones, others)
    this.#core.topology.changed()
  }

  /** Restores every connection that was cut; what was missed then arrives in any order. */
  heal(): void {
    this.#core.links.heal()
    this.#core.delivery.reconcileAll()
    this.#core.topology.changed()
  }

  /** Sets how well two peers reach each other, or with `isOneWay` only the first the second. */
  link(from: string, to: string, link: Partial<LinkSettings>, { isOneWay = false } = {}): void {
    this.#core.links.set(from, to, link)
    if (!isOneWay) this.#core.links.set(to, from, link)
  }

  /** Delays the chain key of one peer for another, in every group. */
  keyDelay(from: string, to: string, delay: Partial<KeyDelay>): void {
    this.#core.links.delayKey(from, to, delay)
  }

  /** Changes how the messengers acknowledge messages. */
  acks(acks: Partial<Settings['acks']>): void {
    Object.assign(this.settings.acks, acks)
  }

  /**
   * Shows a message a second time at one peer that has it: under a second id in its lists, or as the same event in the
   * streams that are open there.
   */
  duplicateMessage(at: string, group: string, cid: Uint8Array, as: 'second-id' | 'same-event'): void {
    const peer = this.#peer(at)
    const entry = peer.message(group, cid)
    if (as === 'second-id') peer.replica(group).takeTwice(entry)
    else peer.replica(group).showTwice(entry)
  }

  /** Sends messages that nobody can read: one empty, one of random bytes, and one of an unknown type. */
  injectJunk(from: string, group: string): void {
    const replica = this.#peer(from).replica(group)
    replica.sendMessage(Buffer.alloc(0), 'junk')
    replica.sendMessage(Buffer.concat([Buffer.of(0xff, 0xff), this.#core.random.bytes(30)]), 'junk')
    replica.sendMessage(Buffer.from('08e7071203616263', 'hex'), 'junk')
  }

  #peer(name: string): BertyPeer {
    const found = this.#peers.get(name)
    if (!found) throw new Error(`there is no peer called ${name}`)
    return found
  }

  /** What has really happened so far. */
  truth(): Truth {
    return this.#book.truth
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#core.timers[Symbol.dispose]()
    await Promise.all(this.peers.map((peer) => peer[Symbol.asyncDispose]()))
  }
}

export const createBertyNetwork = (options: BertyNetworkOptions): BertyNetwork => new BertyNetwork(options)
