import type { ReceivedEntry, StoredMessage } from '../contract/records.js'
import type { InfraStore } from '../contract/store.js'
import { MAX_NUMBERED_RUNS, MAX_NUMBERED_RUNS_OF_DEVICE } from '../limits.js'
import type { Names } from './names.js'
import { decodeReceived, encodeReceived, hexBytes, runOf, runTextOf, withRepeat } from './records.js'
import { allEntries, type Entry, entriesUnder, lastKeyUnder, long, numbers, type Table, type Tables } from './tables.js'
import type { GroupCommit } from './writer.js'

type Part = Pick<
  InfraStore,
  'isNew' | 'putSeen' | 'putReceived' | 'addRepeat' | 'readReceived' | 'readMessages' | 'putAcknowledgement'
> & {
  readGroupCounts: InfraStore['readGroupCounts']
  /** The groups, by number, in which messages of each run, or of one, came, and when. */
  readonly readSpans: (run?: number) => Iterable<Span>
  /** Marks the cid as that of a send. */
  readonly markSent: (group: string, cid: string, value: Buffer) => Mark
  readonly findMark: (group: string, cid: string) => Buffer | undefined
  readonly clear: () => void
}

/** An id is known at once, and for good once `write` has run in a transaction, of which `settle` is told. */
export interface Mark {
  readonly write: () => void
  readonly settle: (kept: Promise<void>) => Promise<void>
}

export interface Span {
  readonly run: number
  readonly group: number
  readonly first: number
  readonly last: number
  readonly startedAt: number
  readonly endedAt: number
}

/** First byte of what is kept under an event's id. */
const SEEN = 0
const RECEIVED = 1
export const SENT = 2

/**
 * An id is a CID, which ends with 32 bytes of SHA-256: half of them are enough to tell ids apart (for two of a million
 * to be alike the odds are 1 to 10^26), and a million ids are to stay small.
 */
const ID_BYTES = 16
const NO_RUN = 0

/** What came in, each event once. */
export function receivedPart({ tables, names, commits }: { tables: Tables; names: Names; commits: GroupCommit }): Part {
  const { ids, received, spans, counts } = tables
  const pending = new Map<string, Buffer>()
  const positions = new Map<number, number>()
  const runs = new Set<number>([...readSpans(spans)].map(({ run }) => run))
  /** How many of them each device was first to name, in this process. */
  const namedBy = new Map<number, number>()

  const idKey = (group: string, cid: string): Buffer =>
    Buffer.concat([numbers(names.number('group', group)), hexBytes(cid).subarray(-ID_BYTES)])
  const markOf = (key: Buffer): Buffer | undefined => pending.get(key.toString('latin1')) ?? ids.get(key)

  function mark(key: Buffer, value: Buffer): Mark {
    const text = key.toString('latin1')
    pending.set(text, value)
    const forget = (): void => {
      if (pending.get(text) === value) pending.delete(text)
    }
    // When the write fails the event is new again: whoever reads the history once more finds it.
    return { write: () => void ids.put(key, value), settle: (kept) => kept.finally(forget) }
  }

  function nextPosition(group: number): number {
    const last = lastKeyUnder(received, numbers(group))
    const next = positions.get(group) ?? (last ? last.readUIntBE(4, 6) + 1 : 0)
    positions.set(group, next + 1)
    return next
  }

  const runNumber = (run: string | undefined, device: number): number => {
    if (run === undefined) return NO_RUN
    // Also a run that only our own controller has named.
    const known = names.find('run', run)
    if (known !== undefined) return known
    const byDevice = namedBy.get(device) ?? 0
    if (runs.size >= MAX_NUMBERED_RUNS || byDevice >= MAX_NUMBERED_RUNS_OF_DEVICE) return NO_RUN
    namedBy.set(device, byDevice + 1)
    const number = names.number('run', run)
    runs.add(number)
    return number
  }

  function* messages(group: string, from: number): Generator<StoredMessage> {
    const number = names.find('group', group)
    if (number === undefined) return
    const prefix = numbers(number)
    for (const entry of entriesUnder(received, prefix, Buffer.concat([prefix, long(from)])))
      yield decodeReceived(entry.value, { group, position: positionOf(entry) }, names)
  }

  return {
    isNew: (group, id) => names.find('group', group) === undefined || markOf(idKey(group, id)) === undefined,

    putSeen(group, id) {
      const key = idKey(group, id)
      const { write, settle } = mark(key, Buffer.of(SEEN))
      return settle(commits.add(write))
    },

    putReceived(entry, text) {
      const group = names.number('group', entry.group)
      const device = names.number('device', entry.device)
      const run = runNumber(entry.run, device)
      const position = nextPosition(group)
      const { write, settle } = mark(
        idKey(entry.group, entry.cid),
        Buffer.concat([Buffer.of(RECEIVED), long(position)]),
      )
      const kept = commits.add(() => {
        write()
        void received.put(Buffer.concat([numbers(group), long(position)]), encodeReceived(entry, text, { run, device }))
        widen(spans, {
          run,
          group,
          first: position,
          last: position,
          startedAt: entry.receivedAt,
          endedAt: entry.receivedAt,
        })
        count(counts, group, 0)
      })
      return settle(kept)
    },

    addRepeat(group, cid) {
      const key = idKey(group, cid)
      return commits.add(() => {
        const value = ids.get(key)
        if (value?.[0] !== RECEIVED) return
        const place = Buffer.concat([key.subarray(0, 4), value.subarray(1, 7)])
        const record = received.get(place)
        if (record) void received.put(place, withRepeat(record))
      })
    },

    putAcknowledgement(group, id) {
      const key = idKey(group, id)
      const number = names.number('group', group)
      const { write, settle } = mark(key, Buffer.of(SEEN))
      return settle(
        commits.add(() => {
          write()
          count(counts, number, 1)
        }),
      )
    },

    *readReceived({ group, run }) {
      const number = names.find('group', group)
      if (number === undefined) return
      if (run === undefined) {
        yield* withoutText(messages(group, 0))
        return
      }
      const wanted = names.find('run', run) ?? NO_RUN
      const prefix = numbers(number)
      const places = [wanted, NO_RUN].map((each) => spanOf(spans, each, number)).filter((span) => span !== undefined)
      const first = Math.min(...places.map((span) => span.first))
      const last = Math.max(...places.map((span) => span.last))
      if (places.length === 0) return
      for (const entry of entriesUnder(received, prefix, Buffer.concat([prefix, long(first)]))) {
        const position = positionOf(entry)
        if (position > last) return
        if (isOfRun(entry.value, { number: wanted, text: run }))
          yield* withoutText([decodeReceived(entry.value, { group, position }, names)])
      }
    },

    *readMessages({ group, newest, from = 0 }) {
      const number = names.find('group', group)
      if (number === undefined) return
      const last = lastKeyUnder(received, numbers(number))?.readUIntBE(4, 6) ?? -1
      yield* messages(group, newest === undefined ? from : Math.max(from, last + 1 - newest))
    },

    readGroupCounts(group) {
      const number = names.find('group', group)
      const kept = number === undefined ? undefined : counts.get(numbers(number))
      return { messages: kept?.readDoubleBE(0) ?? 0, acknowledgements: kept?.readDoubleBE(8) ?? 0 }
    },

    readSpans: (run) => readSpans(spans, run),
    markSent: (group, cid, value) => mark(idKey(group, cid), value),
    findMark: (group, cid) => markOf(idKey(group, cid)),
    clear() {
      positions.clear()
      runs.clear()
      namedBy.clear()
      pending.clear()
    },
  }
}

/** Whether the record is of that run, or too short to name its run. */
function isOfRun(record: Buffer, run: { number: number; text: string }): boolean {
  const number = runOf(record)
  if (number !== NO_RUN) return number === run.number
  const text = runTextOf(record)
  return text === undefined || text === run.text
}

const positionOf = ({ key }: Entry): number => key.readUIntBE(4, 6)

function* withoutText(messages: Iterable<StoredMessage>): Generator<ReceivedEntry> {
  for (const { position: _position, body: _body, sentDateMs: _sentDateMs, ...entry } of messages) yield entry
}

function count(counts: Table, group: number, which: 0 | 1): void {
  const key = numbers(group)
  const next = Buffer.from(counts.get(key) ?? Buffer.alloc(16))
  next.writeDoubleBE(next.readDoubleBE(8 * which) + 1, 8 * which)
  void counts.put(key, next)
}

function spanOf(spans: Table, run: number, group: number): Span | undefined {
  const key = numbers(run, group)
  const value = spans.get(key)
  return value ? decodeSpan({ key, value }) : undefined
}

const decodeSpan = ({ key, value }: Entry): Span => ({
  run: key.readUInt32BE(0),
  group: key.readUInt32BE(4),
  first: value.readUIntBE(0, 6),
  last: value.readUIntBE(6, 6),
  startedAt: value.readDoubleBE(12),
  endedAt: value.readDoubleBE(20),
})

function* readSpans(spans: Table, run?: number): Generator<Span> {
  for (const entry of run === undefined ? allEntries(spans) : entriesUnder(spans, numbers(run))) yield decodeSpan(entry)
}

function widen(spans: Table, span: Span): void {
  const before = spanOf(spans, span.run, span.group) ?? span
  const value = Buffer.alloc(28)
  value.writeUIntBE(before.first, 0, 6)
  value.writeUIntBE(span.last, 6, 6)
  value.writeDoubleBE(Math.min(before.startedAt, span.startedAt), 12)
  value.writeDoubleBE(Math.max(before.endedAt, span.endedAt), 20)
  void spans.put(numbers(span.run, span.group), value)
}
