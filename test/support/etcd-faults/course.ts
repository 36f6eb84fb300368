import { Dice } from '../attacker/dice.js'
import { takeTime } from '../take-time.js'
import { checkHistory, type Event } from './check-history.js'
import type { Fault } from './faults.js'
import type { Group } from './group.js'
import { startLoad } from './load.js'

export interface Course {
  readonly seed: string
  /** Each is run in turn, under load. */
  readonly faults: Iterable<Fault>
  readonly onFault?: (name: string) => void
}

export interface Seen {
  readonly events: readonly Event[]
  /** What correct replicas could not have shown. */
  readonly problems: readonly string[]
  readonly ends: ReadonlyMap<string, number>
  /** How long after each fault the last channel sold again. */
  readonly recoveries: readonly { readonly fault: string; readonly ms: number }[]
  /** Calls that the service answered. */
  readonly served: number
}

/** A lease, and the time that clients need to notice. */
const USABLE_WITHIN_MS = 15_000

export async function runCourse(group: Group, { seed, faults, onFault }: Course): Promise<Seen> {
  const dice = new Dice(seed)
  const load = startLoad(group, seed)
  const healed: { at: number; until: number }[] = []
  const recoveries: { fault: string; ms: number }[] = []
  const servedBefore = group.network.calculator.calls
  /** Waits until every channel has sold something from now on, or is late. */
  const whenUsable = async (fault?: string): Promise<void> => {
    const at = performance.now()
    const isUsable = (): boolean => group.channels.every((channel) => (load.lastSale(channel) ?? 0) > at)
    while (!isUsable() && performance.now() < at + USABLE_WITHIN_MS + 1_000) await takeTime(10)
    const until = performance.now()
    healed.push({ at, until })
    if (fault !== undefined) recoveries.push({ fault, ms: until - at })
  }
  await whenUsable()
  for (const fault of faults) {
    onFault?.(fault.name)
    await fault.run(group, dice, () => whenUsable(`${fault.name}, while it is away`))
    await whenUsable(fault.name)
  }
  await load.stop()
  const price = BigInt(group.network.priceInCogs)
  const problems = checkHistory({ price, events: load.events, healed, usableWithinMs: USABLE_WITHIN_MS })
  const late = recoveries
    .filter(({ ms }) => ms > USABLE_WITHIN_MS)
    .map(({ fault, ms }) => `after "${fault}" a channel sold nothing for ${Math.round(ms)} ms`)
  const sold = load.events.filter((event) => event.kind === 'payment' && event.outcome === 'ok').length
  const served = group.network.calculator.calls - servedBefore
  const unserved = sold > served ? [`${sold} calls were sold, and the service answered ${served}`] : []
  return { events: load.events, problems: [...problems, ...late, ...unserved], ends: load.ends, recoveries, served }
}
