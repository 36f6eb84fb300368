import { NONE, OUTCOME, type RunLedgers } from './ledgers.js'
import { toControllerClock, type Sender } from './parts.js'
import { Tally } from './tally.js'

/** What became of what one peer sent, at each other peer. */
export interface SenderTally {
  readonly sends: Tally
  /** By position of the receiver; undefined for whoever is no member, and for the sender. */
  readonly pairs: readonly (Tally | undefined)[]
}

/** Judges every message of a run at every member. `end` is on the controller's clock. */
export function tallySenders(ledgers: RunLedgers, end: number): Map<Sender, SenderTally> {
  const tallies = new Map(ledgers.senders.map((sender) => [sender, newTally(ledgers, sender)]))
  const { sent } = ledgers
  /** Copies so far, of each message at each peer. */
  const copies = new Uint16Array(sent.length * ledgers.peers.length)
  for (let row = 0; row < sent.length; row++) addSend(ledgers, tallies, row)
  const find = ledgers.finder()
  for (let entry = 0; entry < ledgers.received.length; entry++) {
    const row = find(entry)
    if (row !== undefined) addReceived(ledgers, tallies, copies, { row, entry, end })
  }
  addAcks(ledgers, tallies)
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
  pair.clockErrorUs = from && to ? from.errorUs + to.errorUs : undefined
  return pair
}

function addSend(ledgers: RunLedgers, tallies: ReadonlyMap<Sender, SenderTally>, row: number): void {
  const { sends, pairs } = tallies.get(ledgers.senderOf(row)) as SenderTally
  const outcome = ledgers.sent.get('outcome', row)
  if (outcome === OUTCOME.error) sends.sendErrors++
  else if (outcome === OUTCOME.unknown) sends.sentUnknown++
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
  copies: Uint16Array,
  { row, entry, end }: { row: number; entry: number; end: number },
): void {
  const { received, sent, peers } = ledgers
  const sender = ledgers.senderOf(row)
  const peer = received.get('peer', entry)
  const pair = (tallies.get(sender) as SenderTally).pairs[peer]
  const at = toControllerClock(received.get('at', entry), peers[peer]?.clock)
  if (!pair || at > end) return
  const slot = row * peers.length + peer
  pair.duplicated += received.get('repeats', entry) + (copies[slot] === 0 ? 0 : 1)
  copies[slot] = Math.min((copies[slot] as number) + 1, 65_535)
  if (copies[slot] > 1) return
  pair.outOfOrder += received.get('outOfOrder', entry)
  if (!readersOf(ledgers, row).includes(peer)) return
  pair.delivered++
  pair.bytes += sent.get('size', row)
  const [from, to] = [peers[sender.peer]?.clock, peers[peer]?.clock]
  if (from && to) pair.latency.add(at - toControllerClock(sent.get('at', row), from))
}

/** Only the sender's own daemon notes who acknowledged what it sent. */
function addAcks(ledgers: RunLedgers, tallies: ReadonlyMap<Sender, SenderTally>): void {
  const { acks } = ledgers
  const byCid = ledgers.rowsByCid()
  for (let entry = 0; entry < acks.length; entry++) {
    const row = byCid[acks.get('cid', entry)] ?? NONE
    if (row < 0) continue
    const sender = ledgers.senderOf(row)
    if (sender.peer !== acks.get('peer', entry)) continue
    const by = ledgers.peerOfDevice(sender.group, acks.get('device', entry))
    const pair = (tallies.get(sender) as SenderTally).pairs[by]
    if (!pair) continue
    pair.acknowledged++
    const roundTrip = acks.get('roundTrip', entry)
    if (roundTrip >= 0) pair.ack.add(roundTrip)
  }
}
