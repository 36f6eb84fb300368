import type { Log } from '../../observability/index.js'
import type { Berty, BertyMessage, MemberEvent } from '../berty.js'
import { bytesOf, type PublicKey } from '../keys.js'
import { type Asking, createAsking, type Seat } from './asking.js'
import { readEventId, readMemberEvent, readMessage } from './codec.js'
import { activateGroup, createGroup, groupKeys, joinGroup, leaveGroup } from './groups.js'
import { sendMedia } from './media.js'
import type { ProtocolSystemInfo } from './messages.js'
import { protocolMethod } from './methods.js'
import { EventLog, type EventList, type ReadingConfig } from './reading/event-log.js'
import type { Entry } from './reading/reading-queue.js'
import { addReplication } from './replication.js'
import { sendText } from './sending.js'

export interface SessionDeps {
  readonly log: Log
  /** Microseconds since 1970. */
  readonly now: () => number
}

/**
 * One account of one Berty, for as long as it is the one we stand beside: through outages and restarts, which replace its
 * seat.
 */
export class Session implements Berty {
  readonly closed: AbortSignal
  readonly #closing = new AbortController()
  readonly #reading: ReadingConfig
  readonly #deps: SessionDeps
  readonly #ask: Asking
  readonly #waiting: (() => void)[] = []
  readonly #reads = new Set<{ readonly group: PublicKey; readonly log: EventLog; readonly stop: () => void }>()
  #seat: Seat

  constructor(seat: Seat, reading: ReadingConfig, deps: SessionDeps) {
    this.closed = this.#closing.signal
    this.#seat = seat
    this.#reading = reading
    this.#deps = deps
    const current = (): Seat => this.#seat
    this.#ask = createAsking({
      get current() {
        return current()
      },
    })
  }

  get seat(): Seat {
    return this.#seat
  }

  get details(): Berty['details'] {
    return this.#seat.probed.details
  }

  /** The same account on another connection, or as another version. */
  reseat(seat: Seat): void {
    this.#seat = seat
    for (const wake of this.#waiting.splice(0)) wake()
  }

  close(reason: string): void {
    this.#closing.abort(new Error(reason))
    for (const { stop } of this.#reads) stop()
  }

  createGroup: Berty['createGroup'] = (name, signal) => createGroup(this.#ask, name, signal)
  joinGroup: Berty['joinGroup'] = (invite, signal) => joinGroup(this.#ask, invite, signal)
  activateGroup: Berty['activateGroup'] = async (group, signal) => {
    await activateGroup(this.#ask, group, signal)
    // Streams from before stay open and silent for ever (berty 3.7).
    for (const { group: of, log } of this.#reads) if (of === group) log.reopen('the group was activated')
  }
  leaveGroup: Berty['leaveGroup'] = (group, signal) => leaveGroup(this.#ask, group, signal)
  groupKeys: Berty['groupKeys'] = (group, signal) => groupKeys(this.#ask, group, signal)
  sendText: Berty['sendText'] = (group, body, options) => sendText(this.#ask, group, body, options)
  sendMedia: Berty['sendMedia'] = (group, media, options) => sendMedia(this.#ask, group, media, options)
  addReplication: Berty['addReplication'] = (group, server, signal) => addReplication(this.#ask, group, server, signal)

  readMessages: Berty['readMessages'] = (group, { isKnown, onHistory, signal }) =>
    this.#read<BertyMessage>(group, this.#list('GroupMessageList', group, isKnown), toMessage, { onHistory, signal })

  readMembers: Berty['readMembers'] = (group, { onHistory, signal }) => {
    const list = this.#list('GroupMetadataList', group, () => false)
    return this.#read<MemberEvent>(group, list, ({ bytes }) => readMemberEvent(bytes), { onHistory, signal })
  }

  connectedPeers: Berty['connectedPeers'] = async (signal) => {
    const { p2p } = await this.#ask.protocol<ProtocolSystemInfo>('SystemInfo', {}, signal)
    return Number(p2p?.connected_peers ?? 0)
  }

  /** Empty fields are never written: many versions take an explicit empty id for one that is set (berty 3.1). */
  #list(method: string, group: PublicKey, isKnown: EventList['isKnown']): EventList {
    return {
      name: `${method} of ${group.slice(0, 8)}`,
      idOf: readEventId,
      isKnown,
      whenReachable: (signal) => this.#whenSeated(signal),
      open: (bounds, events) => {
        const { connection, probed } = this.#seat
        const request = { group_pk: bytesOf(group), ...bounds }
        return connection.stream(protocolMethod(method, probed.protocol), request, events)
      },
    }
  }

  /** Resolves at once while there is a connection; else when there is one again, or when the signal aborts. */
  async #whenSeated(signal: AbortSignal): Promise<void> {
    while (this.#seat.connection.isClosed && !signal.aborted)
      await new Promise<void>((done) => {
        const wake = (): void => {
          signal.removeEventListener('abort', wake)
          done()
        }
        this.#waiting.push(wake)
        signal.addEventListener('abort', wake)
      })
  }

  async *#read<T>(
    group: PublicKey,
    list: EventList,
    decode: (entry: Entry) => T | undefined,
    { onHistory, signal }: { onHistory?: (() => void) | undefined; signal: AbortSignal },
  ): AsyncGenerator<T> {
    const reading = new AbortController()
    const stop = (): void => reading.abort(new Error('stopped'))
    signal.addEventListener('abort', stop)
    if (signal.aborted || this.closed.aborted) stop()
    const log = new EventLog(list, this.#reading, this.#deps)
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
      signal.removeEventListener('abort', stop)
      await running
      this.#reads.delete(read)
    }
  }
}

function toMessage({ id, bytes, receivedAt, isLive, isRepeat }: Entry): BertyMessage | undefined {
  const read = readMessage(bytes)
  return read && { cid: id, receivedAt, isLive, isRepeat, ...read }
}
