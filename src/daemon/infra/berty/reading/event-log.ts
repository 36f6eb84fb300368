import { linkAbort, onAbort } from '../../../../shared/abort.js'
import { pause } from '../../../../shared/clock.js'
import { messageOf } from '../../../../shared/errors.js'
import { Backoff } from '../../../../shared/retry.js'
import type { Log } from '../../../observability/index.js'
import type { Cid } from '../../contract/keys.js'
import type { OpenStream, StreamEvents } from '../connection.js'
import { type Entry, type Limits, ReadingQueue } from './reading-queue.js'
import { SeenIds } from './seen-ids.js'
import { type ListCosts, startCounting } from './list-costs.js'
import { openWatched } from './watched-stream.js'

/** One of Berty's lists: messages or metadata of a group. */
export interface EventList {
  /** For the log; never a secret. */
  readonly name: string
  open(bounds: { since_now: true } | { until_now: true }, events: StreamEvents): OpenStream
  /** Undefined for an entry that has none: it is skipped. */
  idOf(bytes: Buffer): Cid | undefined
  /** Whether somebody keeps the event of this id already. */
  isKnown(id: Cid): boolean
  /** Resolves when there is a Berty to call, or when the signal aborts. */
  whenReachable(signal: AbortSignal): Promise<void>
}

export interface ReadingConfig {
  /**
   * The list is read again after so long a silence, longer if reading takes long: a stream whose group was deactivated
   * stays open and silent, and only the list shows it (berty 3.7). A stream that brings something is alive.
   */
  readonly historyEveryMs: number
  /** How long a live stream may be behind the list before it counts as dead. */
  readonly graceMs: number
  /** How long nothing may come of a list that is being read; a loaded Berty needs its time before the first event. */
  readonly silenceMs: number
  readonly live: Limits
  readonly history: Limits
  /**
   * Of the newest events, to tell repeats within one stream; some 100 bytes each. What is older and known to somebody is
   * dropped when it comes again, not marked.
   */
  readonly rememberedIds: number
  readonly firstBackoffMs: number
  readonly maxBackoffMs: number
}

export const READING: ReadingConfig = {
  // Shorter than a test's drain, so that messages which a dead stream owes are found before the test ends, unless the
  // list takes long to read.
  historyEveryMs: 20_000,
  graceMs: 1_000,
  silenceMs: 300_000,
  live: { entries: 4_096, bytes: 16 * 1024 * 1024 },
  history: { entries: 256, bytes: 4 * 1024 * 1024 },
  rememberedIds: 16_384,
  firstBackoffMs: 100,
  maxBackoffMs: 5_000,
}

/** Reading lists again may take one part in so many of the time. */
const HISTORY_SHARE = 50
/** Ids that are compared; one is enough to prove a stream dead. */
const MAX_SUSPECTS = 64

/**
 * Reads one list for ever, by the recipe that loses nothing (berty 3.7): open it from now on, then read the whole of it,
 * hand on each event once; and so again after whatever interrupts it.
 */
export class EventLog {
  readonly queue: ReadingQueue
  readonly #list: EventList
  readonly #config: ReadingConfig
  readonly #log: Log
  readonly #now: () => number
  readonly #seen: SeenIds
  readonly #costs: ListCosts
  #stream = 0
  #heardAt = 0
  #current: AbortController | undefined

  constructor(list: EventList, config: ReadingConfig, deps: { log: Log; now: () => number; costs: ListCosts }) {
    this.#list = list
    this.#config = config
    this.#log = deps.log
    this.#now = deps.now
    this.#costs = deps.costs
    this.#seen = new SeenIds(config.rememberedIds)
    this.queue = new ReadingQueue(config.live, config.history)
  }

  /** Returns when the signal aborts; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { firstBackoffMs, maxBackoffMs } = this.#config
    const backoff = new Backoff({ firstMs: firstBackoffMs, longestMs: maxBackoffMs })
    using _ending = onAbort(signal, () => this.queue.end())
    while (!signal.aborted) {
      await this.#list.whenReachable(signal)
      if (signal.aborted) break
      const reason = await this.#attempt(signal, () => backoff.reset())
      if (signal.aborted) break
      // Once for each interruption: a Berty that is away is told by whoever keeps the connection.
      const line = `${this.#list.name}: to be read again: ${messageOf(reason)}`
      if (backoff.isFresh) this.#log.info(line)
      else this.#log.debug(line)
      await this.queue.drained()
      await backoff.wait(signal)
    }
    this.queue.end()
  }

  /** To be called when the streams of the group are known to be dead. */
  reopen(reason: string): void {
    this.#current?.abort(new Error(reason))
  }

  /** @returns why it ended */
  async #attempt(signal: AbortSignal, onHistory: () => void): Promise<unknown> {
    const attempt = new AbortController()
    this.#current = attempt
    using _linked = linkAbort(attempt, signal)
    try {
      return await this.#readUntilBroken(attempt, onHistory)
    } catch (thrown) {
      return thrown
    } finally {
      attempt.abort(new Error('over'))
    }
  }

  /** One live stream and the lists read beside it; ends with an error, always. */
  async #readUntilBroken(attempt: AbortController, onHistory: () => void): Promise<never> {
    const { signal } = attempt
    this.#followLive(attempt)
    let tookMs = await this.#readHistory(signal, (entry, stream) => this.#handOn(entry, stream))
    this.queue.endHistory()
    onHistory()
    for (;;) {
      await this.#untilSilent(Math.max(this.#config.historyEveryMs, tookMs * HISTORY_SHARE), signal)
      tookMs = await this.#proveAlive(signal)
    }
  }

  /** While something comes the stream is alive, and Berty has enough to do. */
  async #untilSilent(forMs: number, signal: AbortSignal): Promise<void> {
    const begunAt = performance.now()
    for (let leftMs = forMs; leftMs > 0; leftMs = Math.max(begunAt, this.#heardAt) + forMs - performance.now()) {
      await pause(leftMs, signal)
      signal.throwIfAborted()
    }
  }

  /**
   * Compares the list with what has come: an event that is in there and does not come is one that a dead stream owes.
   */
  async #proveAlive(signal: AbortSignal): Promise<number> {
    const suspects: Cid[] = []
    const tookMs = await this.#readHistory(signal, ({ id }) => {
      if (suspects.length < MAX_SUSPECTS) suspects.push(id)
    })
    if (suspects.length === 0) return tookMs
    await pause(this.#config.graceMs, signal)
    signal.throwIfAborted()
    const owed = suspects.filter((id) => !this.#isHandedOn(id)).length
    if (owed > 0) throw new Error(`the live stream went silent: ${owed} events are in the list and have not come`)
    return tookMs
  }

  #followLive(attempt: AbortController): void {
    const stream = ++this.#stream
    const open = this.#list.open(
      { since_now: true },
      {
        onMessage: (bytes) => {
          if (!this.#takeLive(bytes, stream)) attempt.abort(this.#overflow())
        },
        onEnd: (error) => attempt.abort(error ?? new Error('Berty ended the live stream')),
      },
    )
    // Nobody has to stop listening: the signal does not outlive the attempt.
    onAbort(attempt.signal, () => open.cancel())
  }

  /** False when there is no room: the event comes again out of the list. */
  #takeLive(bytes: Buffer, stream: number): boolean {
    const id = this.#list.idOf(bytes)
    if (!id) return true
    this.#heardAt = performance.now()
    const isHandedOn = this.#isHandedOn(id)
    const novelty = this.#seen.addLive(id, stream)
    if (novelty !== 'repeat' && isHandedOn) return true
    const entry = { id, bytes, receivedAt: this.#now(), isLive: true, isRepeat: novelty === 'repeat' }
    if (this.queue.addLive(entry)) return true
    if (novelty === 'new') this.#seen.forget(id)
    return false
  }

  #overflow(): Error {
    const { entries, bytes } = this.#config.live
    this.#log.warn(
      `${this.#list.name}: messages come faster than they are taken; the stream is closed and read again`,
      {
        buffer_entries: entries,
        buffer_bytes: bytes,
      },
    )
    return new Error('its buffer was full')
  }

  /** The whole list; what was handed on before is left out. Resolves with the time it took, rejects when it is cut. */
  #readHistory(signal: AbortSignal, take: (entry: Entry, stream: OpenStream) => void): Promise<number> {
    return new Promise((done, fail) => {
      signal.throwIfAborted()
      const counted = startCounting(this.#costs)
      const heard = onAbort(signal, () => {
        stream.cancel()
        counted.end()
        fail(signal.reason as Error)
      })
      const stream = openWatched(
        (events) => this.#list.open({ until_now: true }, events),
        {
          onMessage: (bytes) => {
            counted.entry()
            const id = this.#list.idOf(bytes)
            if (id && !this.#isHandedOn(id))
              take({ id, bytes, receivedAt: this.#now(), isLive: false, isRepeat: false }, stream)
          },
          onEnd: (error) => {
            heard[Symbol.dispose]()
            const tookMs = counted.end()
            if (error) fail(error)
            else done(tookMs)
          },
        },
        this.#config.silenceMs,
      )
    })
  }

  #handOn(entry: Entry, stream: OpenStream): void {
    this.#seen.addFromHistory(entry.id)
    if (this.queue.addHistory(entry, () => stream.resume()) === 'full') stream.pause()
  }

  #isHandedOn(id: Cid): boolean {
    return this.#seen.has(id) || this.#list.isKnown(id)
  }
}
