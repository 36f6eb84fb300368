import type { LedgerPageMessage } from '../../shared/wire/index.js'
import { Columns } from './columns.js'
import { collectTests, type GroupOfPeer, type PeerOfRun, type Sender, type TestOfRun } from './parts.js'

export const OUTCOME = { sent: 1, error: 2, unknown: 3 } as const
const OUTCOMES: Readonly<Record<string, number>> = {
  SENT: OUTCOME.sent,
  ERROR: OUTCOME.error,
  UNKNOWN: OUTCOME.unknown,
}

/**
 * The ledgers of all parts of a run, side by side. Pages come from any daemon in any order; nothing is judged here,
 * because the pages of a receiver may come before those of the sender that explain them.
 */
export class RunLedgers {
  readonly peers: readonly PeerOfRun[]
  readonly tests: readonly TestOfRun[]
  readonly senders: readonly Sender[]
  readonly groups: ReadonlyMap<string, readonly (GroupOfPeer | undefined)[]>
  readonly sent = new Columns({
    ...{ sender: 'int', cid: 'int', outcome: 'int', reason: 'int' },
    ...{ sequence: 'number', at: 'number', size: 'number', epoch: 'number' },
  })
  readonly received = new Columns({
    ...{ group: 'int', peer: 'int', cid: 'int', device: 'int', test: 'int', outOfOrder: 'int', live: 'int' },
    ...{ sequence: 'number', at: 'number', repeats: 'number' },
  })
  readonly acks = new Columns({ peer: 'int', cid: 'int', device: 'int', at: 'number', roundTrip: 'number' })
  readonly #senderRows: ReadonlyMap<string, number>
  readonly #names = new Index()
  readonly #cids = new Index()
  readonly #devices = new Index()
  readonly #reasons = new Index()

  constructor(peers: readonly PeerOfRun[]) {
    this.peers = peers
    const { tests, groups } = collectTests(peers)
    this.tests = tests
    this.groups = groups
    this.senders = tests.flatMap(({ senders }) => senders)
    this.#senderRows = new Map(this.senders.map(({ peer, group, test }, row) => [senderKey(peer, group, test), row]))
  }

  /** @param peer position of the daemon that the page is from */
  addPage(peer: number, { sent = [], received = [], acks = [] }: LedgerPageMessage): void {
    for (const { group = '', test = '', sequence, cid, sent_at, size = 0, outcome = '', epoch = 0, reason } of sent) {
      const sender = this.#senderRows.get(senderKey(peer, group, test))
      if (sender === undefined) continue
      this.sent.push({
        sender,
        sequence: Number(sequence ?? 0),
        cid: cid === undefined ? NONE : this.#cids.numberOf(textOfKey(cid)),
        at: Number(sent_at ?? 0),
        size,
        outcome: OUTCOMES[outcome] ?? NONE,
        reason: reason === undefined || reason === '' ? NONE : this.#reasons.numberOf(reason),
        epoch,
      })
    }
    for (const entry of received) {
      this.received.push({
        group: this.#names.numberOf(entry.group ?? ''),
        peer,
        cid: this.#cids.numberOf(textOfKey(entry.cid)),
        device: this.#devices.numberOf(textOfKey(entry.device_pk)),
        test: entry.test === undefined || entry.test === '' ? NONE : this.#names.numberOf(entry.test),
        sequence: Number(entry.sequence ?? 0),
        at: Number(entry.received_at ?? 0),
        repeats: entry.repeats ?? 0,
        outOfOrder: entry.out_of_order === true ? 1 : 0,
        live: entry.live === true ? 1 : 0,
      })
    }
    for (const { cid, device_pk, received_at, round_trip_us } of acks) {
      this.acks.push({
        peer,
        cid: this.#cids.numberOf(textOfKey(cid)),
        device: this.#devices.numberOf(textOfKey(device_pk)),
        at: Number(received_at ?? 0),
        roundTrip: Number(round_trip_us ?? NONE),
      })
    }
  }

  /** Finds the row in `sent` of the message that a received entry is a copy of: by its id, else by its header. */
  finder(): (entry: number) => number | undefined {
    const byCid = this.rowsByCid()
    const bySequence = this.#rowsBySequence()
    return (entry) => {
      const direct = byCid[this.received.get('cid', entry)]
      if (direct !== undefined && direct >= 0) return direct
      const [group, device, test] = (['group', 'device', 'test'] as const).map((name) => this.received.get(name, entry))
      return test === NONE
        ? undefined
        : bySequence.get(`${group} ${device} ${test}`)?.get(this.received.get('sequence', entry))
    }
  }

  /** Maps the number of an id to its row in `sent`; NONE if nobody in the run sent it. */
  rowsByCid(): Int32Array {
    const rows = new Int32Array(this.#cids.size).fill(NONE)
    for (let row = 0; row < this.sent.length; row++) {
      const id = this.sent.get('cid', row)
      if (id !== NONE) rows[id] = row
    }
    return rows
  }

  #rowsBySequence(): ReadonlyMap<string, ReadonlyMap<number, number>> {
    const keys = this.senders.map(({ group, device, test }) =>
      [this.#names.find(group), this.#devices.find(device), this.#names.find(test)].join(' '),
    )
    const rows = new Map(keys.map((key) => [key, new Map<number, number>()]))
    for (let row = 0; row < this.sent.length; row++) {
      rows.get(keys[this.sent.get('sender', row)] as string)?.set(this.sent.get('sequence', row), row)
    }
    return rows
  }

  /** Why a send failed, where its daemon says it. */
  reasonOf(row: number): string | undefined {
    return this.#reasons.text(this.sent.get('reason', row))
  }

  senderOf(row: number): Sender {
    return this.senders[this.sent.get('sender', row)] as Sender
  }

  /** Position of the peer whose device this is in the group. */
  peerOfDevice(group: string, device: number): number {
    return this.groups.get(group)?.findIndex((one) => one && this.#devices.find(one.device) === device) ?? -1
  }
}

export const NONE = -1

const senderKey = (peer: number, group: string, test: string): string => `${peer}\n${group}\n${test}`

/** Bytes as a text with one character each: half the memory of hex. */
const textOfKey = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1')

/** Numbers texts in the order in which they first come. */
class Index {
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#numbers.size)
    return this.#numbers.size - 1
  }

  find(text: string): number | undefined {
    return this.#numbers.get(text)
  }

  text(number: number): string | undefined {
    return [...this.#numbers.keys()][number]
  }

  get size(): number {
    return this.#numbers.size
  }
}
