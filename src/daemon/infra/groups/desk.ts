import { messageOf } from '../../../shared/errors.js'
import type { Log } from '../../observability/index.js'
import type { Berty } from '../berty.js'
import type { Clock } from '../clock.js'
import type { GroupView } from '../control.js'
import type { Notifier } from '../notifier.js'
import type { InfraStore, StoredGroup } from '../ports.js'
import { MemberBook } from './members.js'
import { Receiver } from './receiver.js'

export interface DeskDeps {
  readonly store: InfraStore
  readonly clock: Clock
  readonly log: Log
  readonly notifier: Notifier
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

/** One group of ours: what is known of it, and the loops that read it while a Berty is there. */
export class Desk {
  readonly members = new MemberBook()
  readonly receiver: Receiver
  #group: StoredGroup
  readonly #deps: DeskDeps
  readonly #closing = new AbortController()
  #berty: Berty | undefined
  #activating: Promise<void> | undefined
  #receiving: AbortController | undefined
  #followers = new Set<() => void>()

  constructor(group: StoredGroup, deps: DeskDeps) {
    this.#group = group
    this.#deps = deps
    this.receiver = new Receiver(group.name, deps)
  }

  get group(): StoredGroup {
    return this.#group
  }

  /** Aborts when the group is left or forgotten, or the daemon stops. */
  get closed(): AbortSignal {
    return this.#closing.signal
  }

  view(): GroupView {
    const { name, publicKey, self, isActive, isReceiving } = this.#group
    const counts = this.#deps.store.readGroupCounts(name)
    return {
      ...{ name, publicKey, isActive, isReceiving },
      ...self,
      members: this.members.views(self),
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

  /** Stands beside this Berty from now on: what is half done is gone on with, and the loops start. */
  attach(berty: Berty): void {
    if (this.#berty === berty) return
    this.#berty = berty
    const signal = AbortSignal.any([this.#closing.signal, berty.closed])
    void this.#retrying(`activating group ${this.#group.name}`, signal, async () => {
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
    void this.#retrying(`reading the members of group ${name}`, signal, async () => {
      for await (const event of berty.readMembers(publicKey, { signal }))
        if (this.members.apply(event)) this.#deps.notifier.changed()
    })
    if (this.#group.isReceiving) this.#receive(berty, signal)
  }

  async startReceiving(): Promise<void> {
    if (!this.#group.isReceiving) await this.update({ isReceiving: true })
    const berty = this.#berty
    if (berty && this.#group.self) this.#receive(berty, AbortSignal.any([this.#closing.signal, berty.closed]))
  }

  async stopReceiving(): Promise<void> {
    if (this.#group.isReceiving) await this.update({ isReceiving: false })
    this.#receiving?.abort()
    this.#receiving = undefined
  }

  #receive(berty: Berty, whole: AbortSignal): void {
    if (this.#receiving && !this.#receiving.signal.aborted) return
    const stop = new AbortController()
    this.#receiving = stop
    whole.addEventListener('abort', () => stop.abort(), { once: true, signal: stop.signal })
    if (whole.aborted) stop.abort()
    void this.#retrying(`receiving in group ${this.#group.name}`, stop.signal, () =>
      this.#readMessages(berty, stop.signal),
    )
  }

  async #readMessages(berty: Berty, signal: AbortSignal): Promise<void> {
    const { name, publicKey, self } = this.#group
    const { store } = this.#deps
    // What could not be kept is read again, out of the history.
    const attempt = new AbortController()
    const stop = AbortSignal.any([signal, attempt.signal])
    const isKnown = (id: Parameters<InfraStore['isNew']>[1]): boolean => !store.isNew(name, id)
    for await (const message of berty.readMessages(publicKey, { isKnown, signal: stop })) {
      if (!self || stop.aborted) break
      void this.receiver.take(message, self.device).then(
        () => this.#received(),
        (fault) => attempt.abort(fault),
      )
    }
    attempt.signal.throwIfAborted()
  }

  #received(): void {
    this.#deps.notifier.grew()
    for (const wake of [...this.#followers]) wake()
  }

  /** Resolves when more may be in the store, or the signal aborts. */
  async more(signal: AbortSignal): Promise<void> {
    await new Promise<void>((done) => {
      const wake = (): void => {
        this.#followers.delete(wake)
        signal.removeEventListener('abort', wake)
        done()
      }
      this.#followers.add(wake)
      signal.addEventListener('abort', wake)
      if (signal.aborted) wake()
    })
  }

  close(): void {
    this.#closing.abort()
    this.#receiving?.abort()
    for (const wake of [...this.#followers]) wake()
  }

  /** Does something until it ends of its own accord or the signal aborts; trouble is told, and tried again later. */
  async #retrying(what: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        await work()
        return
      } catch (fault) {
        if (signal.aborted) return
        this.#deps.log.warn(`${what} failed`, { reason: messageOf(fault), again_in_ms: pauseMs })
        await this.#deps.clock.sleep(pauseMs, signal)
      }
    }
  }
}
