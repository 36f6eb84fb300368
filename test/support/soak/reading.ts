import type { Plane } from '../fuzz/planes.js'
import { type Held, readHeld } from '../held.js'

/** What a gate's process holds, and what it has done. */
export interface Reading extends Held {
  /** Until it was asked: what the answer takes is not in it. */
  readonly cpuSeconds: number
  readonly callsInFlight: number
  readonly paid: { readonly committed: number; readonly open: number }
  readonly errors: readonly string[]
}

/** Tells the parent of the gates' ports, and then what they hold, whenever it asks; ends with it. */
export function tellParent(plane: Plane): void {
  process.on('message', () => void readPlane(plane).then((reading) => process.send?.({ reading })))
  process.on('disconnect', () => process.exit())
  process.send?.({ ports: [plane.free.address.port, plane.paid.address.port] })
}

async function readPlane({ free, paid, payments, errors }: Plane): Promise<Reading> {
  const { user, system } = process.cpuUsage()
  return {
    ...(await readHeld()),
    cpuSeconds: (user + system) / 1e6,
    callsInFlight: free.callsInFlight + paid.callsInFlight,
    paid: { committed: payments.committed, open: payments.open },
    errors: errors.slice(0, 20),
  }
}
