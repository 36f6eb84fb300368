import type { AckEntry, KeyEpoch, SendOutcome, TestName } from '../contract/records.js'
import type { InfraStore } from '../contract/store.js'
import type { Names } from './names.js'
import { type Mark, SENT } from './received.js'
import { decodeSent, encodeSent, hexBytes } from './records.js'
import { allEntries, entriesUnder, lastKeyUnder, long, numbers, type Table, type Tables } from './tables.js'
import type { GroupCommit } from './writer.js'

type Part = Pick<
  InfraStore,
  | 'beginSend'
  | 'endSend'
  | 'withdrawSend'
  | 'settleSends'
  | 'readDoubts'
  | 'readDoubtful'
  | 'settleDoubt'
  | 'lastSequence'
  | 'readCounts'
  | 'readSent'
  | 'findSend'
  | 'putAck'
  | 'readAcks'
> &
  Pick<InfraStore, 'putEpoch' | 'readEpochs'>

/** Marks the ids of events that we sent (see received.ts). */
interface Marks {
  markSent(group: string, cid: string, value: Buffer): Mark
  findMark(group: string, cid: string): Buffer | undefined
}

interface Deps {
  readonly tables: Tables
  readonly names: Names
  readonly commits: GroupCommit
  readonly marks: Marks
  /** Number of this process: times on another process's steady clock mean nothing here. */
  readonly boot: number
}

/** Where each counter lies in a test's record. */
const PLACES = { sent: 0, error: 8, unknown: 16, acknowledged: 24 } as const satisfies Record<
  SendOutcome | 'acknowledged',
  number
>

/** Values under the key of a send without a known outcome: not told yet, or in doubt. */
const OPEN = 1
const DOUBT = 2

/** What was sent, and who acknowledged it. */
export function sendsPart({ tables, names, commits, marks, boot }: Deps): Part {
  const { sent, open, acks, counts, meta } = tables
  const prefixOf = (run: string, of: TestName): Buffer =>
    numbers(names.number('run', run), names.number('test', `${of.group}\0${of.test}`))
  /** Undefined if no such run or test was ever written. */
  const knownPrefix = (run: string, of: TestName): Buffer | undefined =>
    names.find('run', run) === undefined || names.find('test', `${of.group}\0${of.test}`) === undefined
      ? undefined
      : prefixOf(run, of)
  const testOf = (number: number): TestName => {
    const [group = '', test = ''] = names.text(number).split('\0')
    return { group, test }
  }
  const runPrefix = (run: string): Buffer | undefined => {
    const number = names.find('run', run)
    return number === undefined ? undefined : numbers(number)
  }

  /** To be called in a transaction. Only an open intention can end, so that a send never counts twice. */
  function end(key: Buffer, record: Buffer, outcome: SendOutcome): void {
    if (open.get(key)?.[0] !== OPEN) return
    if (outcome === 'unknown') void open.put(key, Buffer.of(DOUBT))
    else void open.remove(key)
    void sent.put(key, record)
    raise(counts, key.subarray(0, 8), PLACES[outcome])
  }

  return {
    beginSend(run, entry) {
      const key = Buffer.concat([prefixOf(run, entry), long(entry.sequence)])
      const write = (): void => {
        void sent.put(key, encodeSent(entry))
        void open.put(key, Buffer.of(OPEN))
      }
      return commits.add(write, { urgent: true })
    },

    endSend(run, entry, handedOverAt) {
      const prefix = prefixOf(run, entry)
      const key = Buffer.concat([prefix, long(entry.sequence)])
      const mark =
        entry.cid === undefined
          ? undefined
          : marks.markSent(entry.group, entry.cid, sentMark(prefix, boot, handedOverAt))
      const kept = commits.add(() => {
        mark?.write()
        end(key, encodeSent(entry), entry.outcome)
      })
      return mark ? mark.settle(kept) : kept
    },

    async settleSends(run) {
      const prefix = runPrefix(run)
      if (!prefix) return 0
      let settled = 0
      const write = (): void => {
        for (const { key, value } of [...entriesUnder(open, prefix)]) {
          if (value[0] !== OPEN) continue
          const record = Buffer.from(sent.get(key) ?? [])
          const of = { ...testOf(key.readUInt32BE(4)), sequence: key.readUIntBE(8, 6) }
          end(key, encodeSent({ ...decodeSent(record, of), outcome: 'unknown' }), 'unknown')
          settled++
        }
      }
      await commits.add(write, { urgent: true })
      return settled
    },

    withdrawSend(run, of, sequence) {
      const key = Buffer.concat([prefixOf(run, of), long(sequence)])
      return commits.add(() => {
        if (open.get(key)?.[0] !== OPEN) return
        void open.remove(key)
        void sent.remove(key)
      })
    },

    readDoubts(run, of) {
      const prefix = knownPrefix(run, of)
      if (!prefix) return []
      const doubts = [...entriesUnder(open, prefix)].filter(({ value }) => value[0] === DOUBT)
      return doubts.map(({ key }) =>
        decodeSent(Buffer.from(sent.get(key) ?? []), { ...of, sequence: key.readUIntBE(8, 6) }),
      )
    },

    readDoubtful() {
      const found = new Set<string>()
      for (const { key, value } of allEntries(open)) if (value[0] === DOUBT) found.add(key.toString('hex', 0, 8))
      return [...found].map((hex) => {
        const prefix = Buffer.from(hex, 'hex')
        return { run: names.text(prefix.readUInt32BE(0)), of: testOf(prefix.readUInt32BE(4)) }
      })
    },

    settleDoubt(run, entry) {
      const prefix = prefixOf(run, entry)
      const key = Buffer.concat([prefix, long(entry.sequence)])
      const { cid } = entry
      const mark = cid === undefined ? undefined : marks.markSent(entry.group, cid, sentMark(prefix, boot, undefined))
      const kept = commits.add(() => {
        mark?.write()
        if (open.get(key)?.[0] !== DOUBT) return
        void open.remove(key)
        void sent.put(key, encodeSent(entry))
        raise(counts, prefix, PLACES.unknown, -1)
        raise(counts, prefix, PLACES[entry.outcome])
      })
      return mark ? mark.settle(kept) : kept
    },

    lastSequence(run, of) {
      const prefix = knownPrefix(run, of)
      return prefix && lastKeyUnder(sent, prefix)?.readUIntBE(8, 6)
    },

    readCounts(run, of) {
      const prefix = knownPrefix(run, of)
      const kept = prefix && counts.get(prefix)
      const at = (place: number): number => kept?.readDoubleBE(place) ?? 0
      return {
        sent: at(PLACES.sent),
        errors: at(PLACES.error),
        unknown: at(PLACES.unknown),
        acknowledged: at(PLACES.acknowledged),
      }
    },

    *readSent(run) {
      const prefix = runPrefix(run)
      if (!prefix) return
      for (const { key, value } of entriesUnder(sent, prefix))
        yield decodeSent(value, { ...testOf(key.readUInt32BE(4)), sequence: key.readUIntBE(8, 6) })
    },

    findSend(group, cid) {
      const mark = marks.findMark(group, cid)
      if (mark?.[0] !== SENT) return undefined
      const sameProcess = mark.readUInt32BE(9) === boot
      const handedOverAt = mark.readDoubleBE(13)
      return {
        run: names.text(mark.readUInt32BE(1)),
        test: testOf(mark.readUInt32BE(5)).test,
        handedOverAt: sameProcess && !Number.isNaN(handedOverAt) ? handedOverAt : undefined,
      }
    },

    putAck(run, test, entry) {
      const prefix = prefixOf(run, { group: entry.group, test })
      const device = numbers(names.number('device', entry.device))
      const key = Buffer.concat([prefix.subarray(0, 4), hexBytes(entry.cid), device])
      return commits.add(() => {
        if (acks.get(key) !== undefined) return
        void acks.put(key, encodeAck(prefix.subarray(4), entry))
        raise(counts, prefix, PLACES.acknowledged)
      })
    },

    *readAcks(run) {
      const prefix = runPrefix(run)
      if (!prefix) return
      for (const { key, value } of entriesUnder(acks, prefix)) {
        const roundTripUs = value.readDoubleBE(12)
        yield {
          group: testOf(value.readUInt32BE(0)).group,
          cid: key.toString('hex', 4, key.length - 4) as AckEntry['cid'],
          device: names.text(key.readUInt32BE(key.length - 4)) as AckEntry['device'],
          receivedAt: value.readDoubleBE(4),
          ...(Number.isNaN(roundTripUs) ? {} : { roundTripUs }),
        }
      }
    },

    putEpoch: (run, of, epoch) =>
      commits.add(() => void meta.put(epochKey(run, of, epoch.epoch), JSON.stringify(epoch)), { urgent: true }),
    readEpochs: (run, of) =>
      [...meta.getRange({ start: epochKey(run, of, 0), end: epochKey(run, of, 2 ** 40) })].map(
        ({ value }) => JSON.parse(value) as KeyEpoch,
      ),
  }
}

const epochKey = (run: string, { group, test }: TestName, epoch: number): string =>
  `epoch/${run}/${JSON.stringify([group, test])}/${String(epoch).padStart(13, '0')}`

function sentMark(prefix: Buffer, boot: number, handedOverAt: number | undefined): Buffer {
  const rest = Buffer.alloc(12)
  rest.writeUInt32BE(boot, 0)
  rest.writeDoubleBE(handedOverAt ?? Number.NaN, 4)
  return Buffer.concat([Buffer.of(SENT), prefix, rest])
}

function encodeAck(test: Buffer, entry: AckEntry): Buffer {
  const rest = Buffer.alloc(16)
  rest.writeDoubleBE(entry.receivedAt, 0)
  rest.writeDoubleBE(entry.roundTripUs ?? Number.NaN, 8)
  return Buffer.concat([test, rest])
}

function raise(counts: Table, key: Buffer, place: number, by = 1): void {
  const next = Buffer.from(counts.get(key) ?? Buffer.alloc(32))
  next.writeDoubleBE(next.readDoubleBE(place) + by, place)
  void counts.put(Buffer.from(key), next)
}
