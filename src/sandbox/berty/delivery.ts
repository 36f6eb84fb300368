import type { Entry } from './entry.js'
import type { Links } from './links.js'
import type { Random } from './random.js'
import type { Replica } from './replica.js'
import type { Settings } from './settings.js'
import type { Timers } from './timers.js'
import type { TruthBook } from './truth.js'

/**
 * Bounds on the size of a message, including the envelope around a text (berty 3.7). They come from texts: 580 000 bytes
 * travelled and 590 000 did not; 3 000 000 were pulled in and 3 300 000 were not. Each bound lies between its two sizes,
 * which leaves room for the envelope.
 */
const SENT_BY_ITSELF = 585_000
const PULLED_IN = 3_200_000
const PULL_MS = [200, 1700] as const

interface SharedGroup {
  readonly founder: Replica
  readonly replicas: Set<Replica>
  readonly metadata: Entry[]
}

interface Outbox {
  /** Messages too large to travel by themselves; the next small event of the sender pulls them in. */
  held: { entry: Entry; to: Replica[] }[]
  /** Whether a message that is far too large blocks all later ones. */
  isBlocked: boolean
}

export interface DeliveryDeps {
  readonly settings: Settings
  readonly links: Links
  readonly book: TruthBook
  readonly random: Random
  readonly timers: Timers
  readonly keepMessages: number
  now(): number
}

/** Carries events between members: late, out of order, and sometimes not at all. */
export class Delivery {
  readonly #groups = new Map<string, SharedGroup>()
  readonly #outboxes = new WeakMap<object, Outbox>()
  readonly #missing = new Map<Replica, Set<Entry>>()
  readonly #catchingUp = new Set<Replica>()

  constructor(private readonly deps: DeliveryDeps) {}

  replicasOf(group: string): readonly Replica[] {
    return [...(this.#groups.get(group)?.replicas ?? [])]
  }

  /** Adds a new member, which will get all the metadata, but only the messages that are sent for it. */
  enter(replica: Replica): void {
    const group = this.#groups.get(replica.group) ?? { founder: replica, replicas: new Set(), metadata: [] }
    this.#groups.set(replica.group, group)
    group.replicas.add(replica)
    for (const entry of group.metadata) this.#miss(entry, replica)
  }

  /** Removes a member whose store is gone: nothing will reach it, not even events that are under way. */
  leave(replica: Replica): void {
    this.#groups.get(replica.group)?.replicas.delete(replica)
    for (const entry of this.#missing.get(replica) ?? []) this.#lose(entry, replica)
    this.#missing.delete(replica)
  }

  #lose({ record }: Entry, by: Replica): void {
    this.deps.book.moved(record, by.name, 'lost', this.deps.now())
  }

  spread(entry: Entry): void {
    const group = this.#groups.get(entry.group)
    if (!group) return
    const others = [...group.replicas].filter((each) => each !== entry.from)
    if (entry.list === 'messages') return this.#spreadMessage(entry, others)
    group.metadata.push(entry)
    for (const each of others) this.#route(entry, each)
  }

  #spreadMessage(entry: Entry, others: Replica[]): void {
    const { from, record, size } = entry
    const to = others.filter((each) => from.hasKeyFor(each.memberKey))
    if (record) for (const each of others) this.deps.book.addressed(record, each.name, to.includes(each))
    const outbox = this.#outboxes.get(from) ?? { held: [], isBlocked: false }
    this.#outboxes.set(from, outbox)
    if (size > PULLED_IN) outbox.isBlocked = true
    if (outbox.isBlocked || size > SENT_BY_ITSELF) {
      for (const each of to) this.deps.book.moved(record, each.name, 'blocked', this.deps.now())
      if (!outbox.isBlocked) outbox.held.push({ entry, to })
      return
    }
    for (const each of to) this.#route(entry, each)
    const pulled = outbox.held
    outbox.held = []
    for (const held of pulled)
      for (const each of held.to) this.#route(held.entry, each, this.deps.random.between(PULL_MS))
  }

  #route(entry: Entry, to: Replica, extraMs = 0): void {
    const { links, random, timers } = this.deps
    if (!this.#canMove(entry, to)) return this.#miss(entry, to)
    const link = links.between(entry.from.name, to.name)
    // Berty repeats metadata until it arrives, but a lost message stays lost.
    if (entry.list === 'messages' && random.chance(link.loss)) return this.#lose(entry, to)
    const delay = link.delayMs + random.next() * link.jitterMs + extraMs + this.#keyMs(entry, to)
    timers.after(delay, () => this.#arrive(entry, to))
  }

  /** The extra time that a chain key takes to the member that it is for. */
  #keyMs({ fact, from }: Entry, to: Replica): number {
    return fact?.is === 'chain-key' && fact.member === to.memberKey
      ? this.deps.links.keyDelay(from.name, to.name).arriveMs
      : 0
  }

  #arrive(entry: Entry, to: Replica): void {
    if (!this.#canMove(entry, to)) return this.#miss(entry, to)
    to.host.load.event({ act: () => this.#take(entry, to), drop: () => this.#miss(entry, to) })
  }

  /** To be called when the event has its turn in the work of the process. */
  #take(entry: Entry, to: Replica): void {
    if (!to.isOpen) return this.#miss(entry, to)
    to.receive(entry)
    // A member that is cut off from the sender may get it from this one.
    for (const [other, missing] of this.#missing)
      if (missing.has(entry) && this.#canMove(entry, other)) this.#catchUp(other)
  }

  /** Whether a member that has the event is connected to this one: every such member passes it on. */
  #canMove(entry: Entry, to: Replica): boolean {
    if (!to.isOpen || this.#isHidden(entry, to)) return false
    for (const holder of entry.holders) if (holder.isOpen && this.deps.links.isOpen(holder.name, to.name)) return true
    return false
  }

  /** Other generations learn nothing of a group made at head until a second member of head is in it. */
  #isHidden({ list, group }: Entry, { host }: Replica): boolean {
    const shared = this.#groups.get(group)
    if (list === 'messages' || !shared?.founder.host.traits.hidesItsGroups || host.traits.hidesItsGroups) return false
    const ofItsKind = [...shared.replicas].filter(({ host: { traits } }) => traits.hidesItsGroups)
    return ofItsKind.length < 2
  }

  #miss(entry: Entry, by: Replica): void {
    if (entry.holders.has(by)) return
    if (!this.#groups.get(by.group)?.replicas.has(by)) return this.#lose(entry, by)
    const missing = this.#missing.get(by) ?? new Set()
    this.#missing.set(by, missing)
    missing.add(entry)
    if (missing.size <= Math.max(this.deps.keepMessages, 100_000)) return
    for (const oldest of missing) {
      if (oldest.list === 'metadata') continue
      missing.delete(oldest)
      return this.#lose(oldest, by)
    }
  }

  /** To be called when a connection or a group has opened: after a while members get what they missed, in any order. */
  reconcile(group: string): void {
    for (const replica of this.#groups.get(group)?.replicas ?? []) this.#catchUp(replica)
  }

  reconcileAll(): void {
    for (const group of this.#groups.keys()) this.reconcile(group)
  }

  #catchUp(replica: Replica): void {
    const { settings, random, timers } = this.deps
    if (!this.#missing.has(replica) || this.#catchingUp.has(replica)) return
    this.#catchingUp.add(replica)
    timers.after(random.between(settings.catchUpMs), () => {
      this.#catchingUp.delete(replica)
      const reachable = random.shuffled(this.#takeReachable(replica))
      for (const entry of reachable) {
        const delay = random.next() * Math.min(settings.catchUpSpreadMs, reachable.length * 10)
        timers.after(delay + this.#keyMs(entry, replica), () => this.#arrive(entry, replica))
      }
    })
  }

  /** Takes the missed events that some member can pass on now: they are under way from here on. */
  #takeReachable(replica: Replica): Entry[] {
    const missing = this.#missing.get(replica) ?? new Set()
    const reachable = [...missing].filter((entry) => this.#canMove(entry, replica))
    for (const entry of reachable) missing.delete(entry)
    if (missing.size === 0) this.#missing.delete(replica)
    return reachable
  }
}
