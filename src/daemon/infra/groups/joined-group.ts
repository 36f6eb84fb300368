import { messageOf } from '../../../shared/errors.js'
import { linkAbort, Waiters } from '../../../shared/abort.js'
import { Backoff } from '../../../shared/retry.js'
import type { Log } from '../../observability/index.js'
import type { Berty } from '../contract/berty.js'
import type { Clock } from '../../../shared/clock.js'
import type { GroupStatus, NewestLive } from '../contract/control.js'
import type { PublicKey } from '../contract/keys.js'
import type { ExpectedAcknowledgements, MissingKeys, SendingGroup } from '../contract/sending-group.js'
import type { Notifier } from '../../../shared/notifier.js'
import type { StoredGroup } from '../contract/records.js'
import type { AcknowledgementStore, GroupStore, ReceivingStore } from '../contract/store.js'
import { AckBook } from './acknowledgements.js'
import { MemberBook } from './members.js'
import { Receiver } from './receiver.js'

/** What one group needs of the store. */
export type JoinedGroupStore = GroupStore & ReceivingStore & AcknowledgementStore

export interface JoinedGroupDeps {
  readonly store: JoinedGroupStore
  readonly clock: Clock
  readonly log: Log
  readonly notifier: Notifier
  /** Told of what is read for the first time, with its run where it says it. */
  readonly onNews: (run: string | undefined) => void
}

const PAUSES = { firstMs: 500, longestMs: 30_000 }

/** A group that this daemon is in: what is known of it, and the loops that read it while a Berty is there. */
export class JoinedGroup implements SendingGroup {
  readonly #members = new MemberBook()
  readonly #acks: AckBook
  readonly #receiver: Receiver
  #group: StoredGroup
  readonly #deps: JoinedGroupDeps
  readonly #closing = new AbortController()
  #berty: Berty | undefined
  #activating: Promise<void> | undefined
  #receiving: AbortController | undefined
  readonly #followers = new Waiters()
  #knowsMembers = false

  constructor(group: StoredGroup, deps: JoinedGroupDeps) {
    this.#group = group
    this.#deps = deps
    this.#acks = new AckBook(group.name, deps)
    this.#receiver = new Receiver(group.name, { ...deps, acks: this.#acks })
  }

  get group(): StoredGroup {
    return this.#group
  }

  /** Aborts when the group is left or forgotten, or the daemon stops. */
  get closed(): AbortSignal {
    return this.#closing.signal
  }

  get publicKey(): PublicKey {
    return this.#group.publicKey
  }

  get device(): PublicKey | undefined {
    return this.#group.self?.device
  }

  get knowsMembers(): boolean {
    return this.#knowsMembers
  }

  /** The newest message that was read live. */
  get newestLive(): NewestLive | undefined {
    return this.#receiver.newestLive
  }

  readers(): readonly PublicKey[] {
    const { self } = this.#group
    return self ? this.#members.readers(self) : []
  }

  missing(devices: readonly PublicKey[]): MissingKeys[] {
    const { self } = this.#group
    return self ? this.#members.missing(self, devices) : devices.map((device) => ({ device, lacks: 'own keys' }))
  }

  expectAcknowledgements(): ExpectedAcknowledgements {
    this.#acks.beginSend()
    return { settle: (cid) => this.#acks.endSend(cid) }
  }

  view(): GroupStatus {
    const { name, publicKey, self, isActive, isReceiving, isMadeHere = false } = this.#group
    const counts = this.#deps.store.readGroupCounts(name)
    return {
      ...{ name, publicKey, isActive, isReceiving, isMadeHere },
      ...self,
      members: this.#members.views(self),
      messagesReceived: counts.messages,
      acknowledgementsReceived: counts.acknowledgements,
    }
  }

  async update(change: Partial<StoredGroup>): Promise<void> {
    const next = { ...this.#group, ...change }
    await this.#deps.store.putGroup(next)
    this.#group = next
    this.#deps.notifier.changed()
  }

  /** Works with this Berty from now on: finishes what was half done, and starts the loops. */
  attach(berty: Berty): void {
    if (this.#berty === berty) return
    this.#berty = berty
    const signal = AbortSignal.any([this.#closing.signal, berty.closed])
    void this.#retry(`activating group ${this.#group.name}`, signal, async () => {
      await this.activate(berty)
      this.#startReading(berty, signal)
    })
  }

  /** Activates once, whoever asks: Berty starts one more watcher each time. */
  async activate(berty: Berty, signal?: AbortSignal): Promise<void> {
    this.#activating ??= this.#activate(berty, signal).finally(() => (this.#activating = undefined))
    await this.#activating
  }

  async #activate(berty: Berty, signal?: AbortSignal): Promise<void> {
    const { publicKey, isActive, self } = this.#group
    if (!isActive) await berty.activateGroup(publicKey, signal)
    if (!isActive || !self) await this.update({ isActive: true, self: await berty.groupKeys(publicKey, signal) })
  }

  #startReading(berty: Berty, signal: AbortSignal): void {
    const { name, publicKey } = this.#group
    void this.#retry(`reading the members of group ${name}`, signal, async () => {
      const onHistory = (): void => {
        this.#knowsMembers = true
        this.#deps.notifier.changed()
      }
      for await (const event of berty.readMembers(publicKey, { onHistory, signal }))
        if (this.#members.apply(event)) this.#deps.notifier.changed()
    })
    if (this.#group.isReceiving) this.#receive(berty)
  }

  async startReceiving(): Promise<void> {
    if (!this.#group.isReceiving) await this.update({ isReceiving: true })
    const berty = this.#berty
    if (berty && this.#group.self) this.#receive(berty)
  }

  async stopReceiving(): Promise<void> {
    if (this.#group.isReceiving) await this.update({ isReceiving: false })
    this.#receiving?.abort()
    this.#receiving = undefined
  }

  #receive(berty: Berty): void {
    if (this.#receiving && !this.#receiving.signal.aborted) return
    const stop = new AbortController()
    this.#receiving = stop
    const linked = linkAbort(stop, this.#closing.signal, berty.closed)
    void this.#retry(`receiving in group ${this.#group.name}`, stop.signal, () =>
      this.#readMessages(berty, stop.signal),
    ).finally(() => linked[Symbol.dispose]())
  }

  async #readMessages(berty: Berty, signal: AbortSignal): Promise<void> {
    const { name, publicKey, self } = this.#group
    const { store } = this.#deps
    // Messages that could not be stored are read again from the history.
    const attempt = new AbortController()
    using _linked = linkAbort(attempt, signal)
    const isKnown = (id: Parameters<JoinedGroupStore['isNew']>[1]): boolean => !store.isNew(name, id)
    for await (const message of berty.readMessages(publicKey, { isKnown, signal: attempt.signal })) {
      if (!self || attempt.signal.aborted) break
      void this.#receiver.take(message, self.device).then(
        () => this.#onReceived(),
        (fault) => attempt.abort(fault),
      )
    }
    attempt.signal.throwIfAborted()
  }

  #onReceived(): void {
    this.#deps.notifier.grew()
    this.#followers.wakeAll()
  }

  /** Resolves when more may be in the store, or the signal aborts. */
  more(signal: AbortSignal): Promise<void> {
    return this.#followers.wait(signal)
  }

  close(): void {
    this.#closing.abort()
    this.#receiving?.abort()
    this.#followers.wakeAll()
  }

  /**
   * Does something until it ends of its own accord or the signal aborts. Trouble is logged, and the work tried again.
   */
  async #retry(what: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    const backoff = new Backoff(PAUSES)
    while (!signal.aborted) {
      try {
        await work()
        return
      } catch (fault) {
        if (signal.aborted) return
        const againInMs = backoff.nextMs()
        this.#deps.log.warn(`${what} failed`, { reason: messageOf(fault), again_in_ms: againInMs })
        await this.#deps.clock.sleep(againInMs, signal)
      }
    }
  }
}
