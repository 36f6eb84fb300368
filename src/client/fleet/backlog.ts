import { systemClock } from '../../shared/clock.js'
import type { PeerMessage } from '../../shared/wire/index.js'
import type { Fleet } from './fleet.js'
import { measureClock } from './clocks.js'

/** How far the clock of each device's host is ahead of ours, in µs; a host that does not answer has none. */
export type ClockOfDevice = ReadonlyMap<string, number>

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')

/** The clocks of these hosts, by the keys of their devices in each group. */
export async function readClocks(fleet: Fleet, signal: AbortSignal): Promise<ClockOfDevice> {
  const clocks = new Map<string, number>()
  await fleet.each(async (peer) => {
    const { offsetUs } = await measureClock(peer, signal)
    for (const { device_pk } of (await peer.call('ListGroups', {}, { signal })).groups ?? [])
      clocks.set(hex(device_pk), offsetUs)
  })
  return clocks
}

/**
 * The age in ms of the newest message that this host read live; null while there is none. A sender who is not among the
 * hosts asked is taken to have our clock.
 */
export function behindMs({ newest_live }: PeerMessage, clocks: ClockOfDevice): number | null {
  if (newest_live?.sent_at === undefined) return null
  const sentAt = Number(newest_live.sent_at) - (clocks.get(hex(newest_live.device_pk)) ?? 0)
  return Math.max(0, Math.round((systemClock.nowUs() - sentAt) / 1_000))
}
