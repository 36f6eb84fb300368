import { systemClock } from '../../shared/clock.js'
import type { HostClockMessage } from '../../shared/wire/index.js'
import { type ClockOffset, endOf, type PeerOfRun } from '../run-report/index.js'
import type { Fleet, FleetPeer } from './fleet.js'

const EXCHANGES = 8

/** Takes the quickest of several exchanges, as NTP does: its round trip bounds the error. */
export async function measureClock(peer: FleetPeer, signal: AbortSignal): Promise<ClockOffset> {
  let best: ClockOffset | undefined
  for (let i = 0; i < EXCHANGES; i++) {
    const asked = systemClock.nowUs()
    const { received_at, answered_at } = await peer.call('GetClock', {}, { signal })
    const told = systemClock.nowUs()
    const [received, answered] = [Number(received_at ?? 0), Number(answered_at ?? 0)]
    const errorUs = Math.max(0, (told - asked - (answered - received)) / 2)
    if (best && errorUs >= best.errorUs) continue
    best = { offsetUs: (received - asked + (answered - told)) / 2, errorUs }
  }
  return best as ClockOffset
}

/** Clocks minus that of the daemon that keeps them, by a device of each host. */
type KeptClocks = ReadonlyMap<string, ClockOffset>

/** The name under which the clock of the first controller is kept. */
const CONTROLLER = ''

/**
 * The hosts of a run that is over, with their clocks as they were first compared after it: one of the daemons keeps them,
 * so that whoever asks for the report again is told the same. A daemon that cannot keep them changes nothing: then a
 * later report differs within the clock error.
 */
export async function withKeptClocks(
  fleet: Fleet,
  peers: readonly PeerOfRun[],
  { runId, signal }: { runId: string; signal: AbortSignal },
): Promise<readonly PeerOfRun[]> {
  const keeper = endOf(peers) === undefined ? undefined : keeperOf(peers)
  if (keeper === undefined) return peers
  const kept = parseClocks(peers[keeper]?.part?.clocks)
  const isWhole = peers.every((peer) => peer.part && (keysOf(peer).length === 0 || clockOf(peer, kept) !== undefined))
  if (isWhole || peers.some(({ part }) => !part)) return peers.map((peer) => withClock(peer, kept))
  try {
    const clocks = comparedWith(keeper, peers, kept)
    const answer = await (fleet.peers[keeper] as FleetPeer).call('KeepClocks', { run_id: runId, clocks }, { signal })
    const all = parseClocks(answer.clocks)
    return peers.map((peer) => withClock(peer, all))
  } catch {
    return peers.map((peer) => withClock(peer, kept))
  }
}

/** Every controller picks the same one: the sender that keeps clocks already, else the first by its keys. */
function keeperOf(peers: readonly PeerOfRun[]): number | undefined {
  const senders = peers.flatMap(({ part }, at) => ((part?.tests ?? []).length > 0 ? [at] : []))
  const rank = (at: number): string => {
    const peer = peers[at] as PeerOfRun
    return `${(peer.part?.clocks ?? []).length > 0 ? 0 : 1} ${keysOf(peer)[0] ?? ''}`
  }
  return senders.sort((one, other) => (rank(one) < rank(other) ? -1 : 1))[0]
}

/** The measured clocks, relative to the keeper's. The errors of hosts that come later add up. */
function comparedWith(keeper: number, peers: readonly PeerOfRun[], kept: KeptClocks): HostClockMessage[] {
  const base = peers[keeper]?.clock ?? { offsetUs: 0, errorUs: 0 }
  const detourUs = kept.size === 0 ? 0 : base.errorUs + (clockOf(peers[keeper], kept)?.errorUs ?? 0)
  const hosts = peers.flatMap((peer) => {
    const [key] = keysOf(peer)
    const { clock } = peer
    if (key === undefined || !clock || clockOf(peer, kept)) return []
    return [toMessage(key, { offsetUs: clock.offsetUs - base.offsetUs, errorUs: clock.errorUs + detourUs })]
  })
  return [...hosts, toMessage(CONTROLLER, { offsetUs: -base.offsetUs, errorUs: 0 })]
}

const toMessage = (key: string, { offsetUs, errorUs }: ClockOffset): HostClockMessage => ({
  device_pk: Buffer.from(key, 'hex'),
  offset_us: String(Math.round(offsetUs)),
  error_us: String(Math.ceil(errorUs)),
})

const parseClocks = (clocks: readonly HostClockMessage[] | undefined): KeptClocks =>
  new Map(
    (clocks ?? []).map(({ device_pk, offset_us, error_us }) => [
      hex(device_pk),
      { offsetUs: Number(offset_us ?? 0), errorUs: Number(error_us ?? 0) },
    ]),
  )

function withClock(peer: PeerOfRun, kept: KeptClocks): PeerOfRun {
  const found = clockOf(peer, kept)
  const controller = kept.get(CONTROLLER)
  if (!found || !controller) return peer
  return { ...peer, clock: { offsetUs: found.offsetUs - controller.offsetUs, errorUs: found.errorUs } }
}

function clockOf(peer: PeerOfRun | undefined, kept: KeptClocks): ClockOffset | undefined {
  const key = peer && keysOf(peer).find((one) => kept.has(one))
  return key === undefined ? undefined : kept.get(key)
}

/**
 * What a host is known by, whatever the controller calls it: its devices in the groups of the run, and its account's.
 */
function keysOf({ part }: PeerOfRun): string[] {
  const inGroups = [...(part?.groups ?? []), ...(part?.tests ?? [])].map(({ device_pk }) => hex(device_pk))
  return [...inGroups.sort(), hex(part?.peer?.device_pk)].filter((key) => key !== '')
}

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')
