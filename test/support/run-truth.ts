import type { FleetPeer, RunReport } from '../../src/client/fleet/index.js'
import { cidOfText } from '../../src/daemon/infra/berty/cids.js'
import { parseHeader } from '../../src/daemon/infra/message/index.js'
import type { BertyNetwork, MessageRecord } from '../../src/sandbox/berty/index.js'
import { bertyCodecs } from '../../src/shared/wire/grpc/index.js'

/** Every column of a report that is a count, of one pair. */
export interface PairCounts {
  sent: number
  expected: number
  delivered: number
  late: number
  lost: number
  duplicated: number
  out_of_order: number
  acknowledged: number
}

/** By test, sender and receiver. */
export const reportedPairs = ({ pairs }: RunReport): Record<string, PairCounts> =>
  Object.fromEntries(
    pairs.map(({ name, from, to, sent, expected, delivered, late, lost, duplicated, out_of_order, acknowledged }) => [
      `${name} ${from} ${to}`,
      { sent, expected, delivered, late: late ?? -1, lost, duplicated, out_of_order, acknowledged },
    ]),
  )

export const headerOf = ({ message }: MessageRecord) => {
  const { payload } = bertyCodecs.appMessage.decode(message)
  return parseHeader(bertyCodecs.userMessage.decode(payload ?? Buffer.alloc(0)).body ?? '')
}

/** Ids of what each daemon says it has received live: a history has no order. */
export async function liveIds(peers: readonly FleetPeer[], run: string): Promise<Map<string, Set<string>>> {
  const { signal } = new AbortController()
  const ids = new Map<string, Set<string>>()
  for (const { name, client } of peers) {
    const live = new Set<string>()
    ids.set(name, live)
    for await (const { received = [] } of client.stream('ReadLedger', { run_id: run }, { signal }))
      for (const entry of received) if (entry.live && entry.cid) live.add(Buffer.from(entry.cid).toString('hex'))
  }
  return ids
}

/** The same from what the fake network knows of a run whose messages have headers. */
export function truePairs(
  net: BertyNetwork,
  { run }: Pick<RunReport, 'run'>,
  live: ReadonlyMap<string, ReadonlySet<string>>,
): Record<string, PairCounts> {
  const { messages } = net.truth()
  const cut = Date.parse(run.ended ?? '')
  const pairs: Record<string, PairCounts> = {}
  const ofRun = messages.filter((record) => record.kind === 'user' && headerOf(record)?.run === run.id)
  const acked = acknowledgements(messages, cut)
  for (const record of ofRun)
    for (const [to, { keyed, state, deliveredAt = Infinity, duplicates }] of record.members) {
      const pair = (pairs[`${headerOf(record)?.test} ${record.sender} ${to}`] ??= emptyPair())
      const isThere = keyed && state === 'delivered'
      pair.sent++
      if (keyed) pair.expected++
      if (isThere && deliveredAt <= cut) pair.delivered++
      if (isThere && deliveredAt > cut) pair.late++
      if (keyed && !isThere) pair.lost++
      pair.duplicated += duplicates
      if (acked.has(`${record.cid} ${to}`)) pair.acknowledged++
    }
  for (const [key, pair] of Object.entries(pairs)) {
    const [test, from, to = ''] = key.split(' ')
    const ofPair = ofRun.filter((record) => record.sender === from && headerOf(record)?.test === test)
    pair.out_of_order = disordered(ofPair, { to, cut, live: live.get(to) ?? new Set() })
  }
  return pairs
}

const emptyPair = (): PairCounts => ({
  ...{ sent: 0, expected: 0, delivered: 0, late: 0, lost: 0, duplicated: 0, out_of_order: 0, acknowledged: 0 },
})

/** Message and acknowledging peer, of those that were back at the sender before the cut. */
function acknowledgements(messages: readonly MessageRecord[], cut: number): Set<string> {
  const senders = new Map(messages.map(({ cid, sender }) => [cid, sender]))
  return new Set(
    messages.flatMap(({ kind, target = '', sender, members }) => {
      if (kind !== 'acknowledge') return []
      const back = members.get(senders.get(target) ?? '')
      return back?.state === 'delivered' && (back.deliveredAt ?? Infinity) <= cut ? [`${target} ${sender}`] : []
    }),
  )
}

/** Those that came live behind one that their sender's Berty took later. */
function disordered(
  records: readonly MessageRecord[],
  { to, cut, live }: { to: string; cut: number; live: ReadonlySet<string> },
): number {
  const placeOf = ({ members }: MessageRecord): number => members.get(to)?.place ?? Infinity
  const came = records
    .filter(({ cid, members }) => live.has(cidOfText(cid) ?? '') && (members.get(to)?.deliveredAt ?? 0) <= cut)
    .sort((one, other) => placeOf(one) - placeOf(other))
  let newest: bigint | undefined
  let count = 0
  for (const { counter } of came) {
    const isBehind = newest !== undefined && BigInt.asIntN(64, BigInt(counter) - newest) < 0n
    if (isBehind) count++
    else newest = BigInt(counter)
  }
  return count
}
