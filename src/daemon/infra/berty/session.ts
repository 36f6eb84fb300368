import { linkAbort, onAbort, Waiters } from '../../../shared/abort.js'
import type { Log } from '../../observability/index.js'
import type { Berty, BertyMessage, MemberEvent } from '../contract/berty.js'
import { bytesOf, type PublicKey } from '../contract/keys.js'
import { type BertyCalls, createBertyCalls, type ReachedBerty } from './calls.js'
import type { OpenStream, StreamEvents } from './connection.js'
import { readEventId, readMemberEvent, readMessage } from './codec.js'
import { activateGroup, createGroup, groupKeys, joinGroup, leaveGroup } from './groups.js'
import { sendMedia } from './media.js'
import { protocolMethod } from './methods.js'
import { EventLog, type EventList, type ReadingConfig } from './reading/event-log.js'
import { type ListCosts, startCounting } from './reading/list-costs.js'
import type { Entry } from './reading/reading-queue.js'
import { openWatched } from './reading/watched-stream.js'
import { addReplication } from './replication.js'
import { sendText } from './sending.js'

/**
 * These events are not stored. There is one for every pair of members, so this is enough for a group of three hundred.
 */
const REMEMBERED_MEMBER_EVENTS = 100_000

interface ReadOptions {
  readonly onHistory?: (() => void) | undefined
  readonly signal: AbortSignal
  readonly rememberedIds?: number
}

export interface SessionDeps {
  readonly log: Log
  /** Microseconds since 1970. */
  readonly now: () => number
  readonly costs: ListCosts
}

/**
 * One account of one Berty, for as long as it is the one we stand beside: through outages and restarts, which replace its
 * reached.
 */
export class Session implements Berty {
  readonly closed: AbortSignal
  readonly #closing = new AbortController()
  readonly #reading: ReadingConfig
  readonly #deps: SessionDeps
  readonly #calls: BertyCalls
  readonly #waiting = new Waiters()
  readonly #reads = new Set<{ readonly group: PublicKey; readonly log: EventLog; readonly stop: () => void }>()
  #reached: ReachedBerty

  constructor(reached: ReachedBerty, reading: ReadingConfig, deps: SessionDeps) {
    this.closed = this.#closing.signal
    this.#reached = reached
    this.#reading = reading
    this.#deps = deps
    const current = (): ReachedBerty => this.#reached
    this.#calls = createBertyCalls({
      get current() {
        return current()
      },
    })
  }

  get reached(): ReachedBerty {
    return this.#reached
  }

  /** Events that have come and that nobody has taken yet. */
  get unread(): number {
    return [...this.#reads].reduce((sum, { log }) => sum + log.queue.length, 0)
  }

  get details(): Berty['details'] {
    return this.#reached.probed.details
  }

  /** The same account on another connection, or as another version. */
  moveTo(reached: ReachedBerty): void {
    this.#reached = reached
    this.#waiting.wakeAll()
  }

  close(reason: string): void {
    this.#closing.abort(new Error(reason))
    for (const { stop } of this.#reads) stop()
  }

  createGroup: Berty['createGroup'] = (name, signal) => createGroup(this.#calls, name, signal)
  joinGroup: Berty['joinGroup'] = (invite, signal) => joinGroup(this.#calls, invite, signal)
  activateGroup: Berty['activateGroup'] = async (group, signal) => {
    await activateGroup(this.#calls, group, signal)
    // Streams from before stay open and silent for ever (berty 3.7).
    for (const { group: of, log } of this.#reads) if (of === group) log.reopen('the group was activated')
  }
  leaveGroup: Berty['leaveGroup'] = (group, signal) => leaveGroup(this.#calls, group, signal)
  groupKeys: Berty['groupKeys'] = (group, signal) => groupKeys(this.#calls, group, signal)
  sendText: Berty['sendText'] = (group, body, options) => sendText(this.#calls, group, body, options)
  sendMedia: Berty['sendMedia'] = (group, media, options) => sendMedia(this.#calls, group, media, options)
  addReplication: Berty['addReplication'] = (group, server, signal) =>
    addReplication(this.#calls, group, server, signal)

  readMessages: Berty['readMessages'] = (group, { isKnown, onHistory, signal }) =>
    this.#read<BertyMessage>(group, this.#list('GroupMessageList', group, isKnown), toMessage, { onHistory, signal })

  scanMessages: Berty['scanMessages'] = (group, take, signal) =>
    new Promise((done, fail) => {
      signal.throwIfAborted()
      const list = this.#list('GroupMessageList', group, () => false)
      const counted = startCounting(this.#deps.costs)
      const end = (error: Error | undefined): void => {
        heard[Symbol.dispose]()
        counted.end()
        if (error) fail(error)
        else done()
      }
      const onMessage = (bytes: Buffer): void => {
        counted.entry()
        const id = list.idOf(bytes)
        if (id === undefined) return
        const message = toMessage({ id, bytes, receivedAt: this.#deps.now(), isLive: false, isRepeat: false })
        if (message) take(message)
      }
      const open = (events: StreamEvents): OpenStream => list.open({ until_now: true }, events)
      const stream = openWatched(open, { onMessage, onEnd: end }, this.#reading.silenceMs)
      const heard = onAbort(signal, () => {
        stream.cancel()
        end(signal.reason as Error)
      })
    })

  readMembers: Berty['readMembers'] = (group, { onHistory, signal }) => {
    const list = this.#list('GroupMetadataList', group, () => false)
    const options = { onHistory, signal, rememberedIds: REMEMBERED_MEMBER_EVENTS }
    return this.#read<MemberEvent>(group, list, ({ bytes }) => readMemberEvent(bytes), options)
  }

  connectedPeers: Berty['connectedPeers'] = async (signal) => {
    const { p2p } = await this.#calls.protocol('SystemInfo', {}, signal)
    return Number(p2p?.connected_peers ?? 0)
  }

  /** Empty fields are never written: many versions take an explicit empty id for one that is set (berty 3.1). */
  #list(method: 'GroupMessageList' | 'GroupMetadataList', group: PublicKey, isKnown: EventList['isKnown']): EventList {
    return {
      name: `${method} of ${group.slice(0, 8)}`,
      idOf: readEventId,
      isKnown,
      whenReachable: (signal) => this.#whenReachable(signal),
      open: (bounds, events) => {
        const { connection, probed } = this.#reached
        const request = { group_pk: bytesOf(group), ...bounds }
        return connection.stream(protocolMethod(method, probed.protocol), request, events)
      },
    }
  }

  /** Resolves at once while there is a connection; else when there is one again, or when the signal aborts. */
  async #whenReachable(signal: AbortSignal): Promise<void> {
    while (this.#reached.connection.isClosed && !signal.aborted) await this.#waiting.wait(signal)
  }

  async *#read<T>(
    group: PublicKey,
    list: EventList,
    decode: (entry: Entry) => T | undefined,
    { onHistory, signal, rememberedIds = this.#reading.rememberedIds }: ReadOptions,
  ): AsyncGenerator<T> {
    const reading = new AbortController()
    const stop = (): void => reading.abort(new Error('stopped'))
    using _linked = linkAbort(reading, signal)
    if (this.closed.aborted) stop()
    const log = new EventLog(list, { ...this.#reading, rememberedIds }, this.#deps)
    const read = { group, log, stop }
    this.#reads.add(read)
    const running = log.run(reading.signal)
    try {
      for (let taken = await log.queue.take(); taken !== undefined; taken = await log.queue.take()) {
        if (taken === 'history-read') {
          onHistory?.()
          continue
        }
        const decoded = decode(taken)
        if (decoded) yield decoded
      }
    } finally {
      stop()
      await running
      this.#reads.delete(read)
    }
  }
}

function toMessage({ id, bytes, receivedAt, isLive, isRepeat }: Entry): BertyMessage | undefined {
  const read = readMessage(bytes)
  return read && { cid: id, receivedAt, isLive, isRepeat, ...read }
}
