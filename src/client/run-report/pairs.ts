import { NONE, OUTCOME, type RunLedgers } from './ledgers.js'
import { type Sender, tellsLate, toControllerClock } from './parts.js'
import { Tally } from './tally.js'

/** How the messages of one peer fared at each other peer. */
export interface SenderTally {
  readonly sends: Tally
  /** Indexed by the receiver's position; undefined for the sender and for peers that are not members. */
  readonly pairs: readonly (Tally | undefined)[]
}

/** What is known so far of each message at each peer. */
interface Progress {
  /** Copies so far that were read before the end. */
  readonly copies: Uint16Array
  /** 1 where a copy was read after the end. */
  readonly late: Uint8Array
}

/** The reason that control daemons give for such a send error. */
const INTERRUPTED = 'interrupted'

/** Judges every message of a run at every member. `end` is on the controller's clock: what is read later is late. */
export function tallySenders(ledgers: RunLedgers, end: number): Map<Sender, SenderTally> {
  const tallies = new Map(ledgers.senders.map((sender) => [sender, newTally(ledgers, sender)]))
  const { sent } = ledgers
  const slots = sent.length * ledgers.peers.length
  const progress: Progress = { copies: new Uint16Array(slots), late: new Uint8Array(slots) }
  for (let row = 0; row < sent.length; row++) addSend(ledgers, tallies, row)
  const find = ledgers.finder()
  for (let entry = 0; entry < ledgers.received.length; entry++) {
    const row = find(entry)
    if (row !== undefined) addReceived(ledgers, tallies, progress, { row, entry, end })
  }
  for (let row = 0; row < sent.length; row++) addLate(ledgers, tallies, progress, row)
  addAcks(ledgers, tallies, end)
  return tallies
}

function newTally(ledgers: RunLedgers, sender: Sender): SenderTally {
  const members = ledgers.groups.get(sender.group) ?? []
  return {
    sends: new Tally(),
    pairs: members.map((member, peer) => (member && peer !== sender.peer ? newPair(ledgers, sender, peer) : undefined)),
  }
}

function newPair({ peers }: RunLedgers, sender: Sender, receiver: number): Tally {
  const pair = new Tally()
  const [from, to] = [peers[sender.peer]?.clock, peers[receiver]?.clock]
  pair.isLateKnown = tellsLate(peers[receiver])
  pair.clockErrorUs = from && to ? from.errorUs + to.errorUs : undefined
  return pair
}

function addSend(ledgers: RunLedgers, tallies: ReadonlyMap<Sender, SenderTally>, row: number): void {
  const { sends, pairs } = tallies.get(ledgers.senderOf(row)) as SenderTally
  const outcome = ledgers.sent.get('outcome', row)
  if (outcome === OUTCOME.error) {
    sends.sendErrors++
    if (ledgers.reasonOf(row) === INTERRUPTED) sends.interrupted++
  } else if (outcome === OUTCOME.unknown) sends.sentUnknown++
  else if (outcome === OUTCOME.sent) {
    sends.sent++
    for (const reader of readersOf(ledgers, row)) (pairs[reader] as Tally).expected++
  }
}

const readersOf = (ledgers: RunLedgers, row: number): readonly number[] =>
  ledgers.sent.get('outcome', row) === OUTCOME.sent
    ? (ledgers.senderOf(row).readersOf.get(ledgers.sent.get('epoch', row)) ?? [])
    : []

function addReceived(
  ledgers: RunLedgers,
  tallies: ReadonlyMap<Sender, SenderTally>,
  { copies, late }: Progress,
  { row, entry, end }: { row: number; entry: number; end: number },
): void {
  const { received, sent, peers } = ledgers
  const sender = ledgers.senderOf(row)
  const peer = received.get('peer', entry)
  const pair = (tallies.get(sender) as SenderTally).pairs[peer]
  if (!pair) return
  const at = toControllerClock(received.get('at', entry), peers[peer]?.clock)
  const slot = row * peers.length + peer
  if (at > end && pair.isLateKnown) {
    late[slot] = 1
    return
  }
  pair.duplicated += received.get('repeats', entry) + (copies[slot] === 0 ? 0 : 1)
  copies[slot] = Math.min((copies[slot] as number) + 1, 65_535)
  if (copies[slot] > 1) return
  pair.outOfOrder += received.get('outOfOrder', entry)
  if (!readersOf(ledgers, row).includes(peer)) return
  const isLive = received.get('live', entry) === 1
  pair.delivered++
  pair.bytes += sent.get('size', row)
  if (!isLive) pair.fromHistory++
  const [from, to] = [peers[sender.peer]?.clock, peers[peer]?.clock]
  if (!from || !to) return
  const latency = isLive ? pair.latency : pair.historyLatency
  latency.add(at - toControllerClock(sent.get('at', row), from))
}

/** A message is late where it was expected and every copy of it was read after the end. */
function addLate(
  ledgers: RunLedgers,
  tallies: ReadonlyMap<Sender, SenderTally>,
  { copies, late }: Progress,
  row: number,
): void {
  const { pairs } = tallies.get(ledgers.senderOf(row)) as SenderTally
  for (const peer of readersOf(ledgers, row)) {
    const slot = row * ledgers.peers.length + peer
    const pair = pairs[peer]
    if (pair && late[slot] === 1 && copies[slot] === 0) pair.late++
  }
}

/** Only the sender's own daemon notes who acknowledged what it sent. */
function addAcks(ledgers: RunLedgers, tallies: ReadonlyMap<Sender, SenderTally>, end: number): void {
  const { acks } = ledgers
  const byCid = ledgers.rowsByCid()
  for (let entry = 0; entry < acks.length; entry++) {
    const row = byCid[acks.get('cid', entry)] ?? NONE
    if (row < 0) continue
    const sender = ledgers.senderOf(row)
    if (sender.peer !== acks.get('peer', entry)) continue
    // Messages and acknowledgements have the same cut, so that the counts of a finished run do not change.
    if (toControllerClock(acks.get('at', entry), ledgers.peers[sender.peer]?.clock) > end) continue
    const by = ledgers.peerOfDevice(sender.group, acks.get('device', entry))
    const pair = (tallies.get(sender) as SenderTally).pairs[by]
    if (!pair) continue
    pair.acknowledged++
    const roundTrip = acks.get('roundTrip', entry)
    if (roundTrip >= 0) pair.ack.add(roundTrip)
  }
}
