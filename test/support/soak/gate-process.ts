/** The gate under load: one port where calls are free and one where they are paid; it tells of itself when it is asked. */
import { readdirSync } from 'node:fs'
import { openPlane } from '../fuzz/planes.js'

/** What a process holds once its garbage is collected, and what it has done. */
export interface Reading {
  readonly residentMiB: number
  readonly heapMiB: number
  /** Of buffers outside of the heap. */
  readonly externalMiB: number
  readonly files: number
  readonly handles: number
  readonly cpuSeconds: number
  readonly callsInFlight: number
  readonly paid: { readonly committed: number; readonly open: number }
  readonly errors: readonly string[]
}

const plane = await openPlane('frames', new URL(`http://127.0.0.1:${process.argv[2]}`))

async function read(): Promise<Reading> {
  for (let times = 0; times < 3; times++) {
    globalThis.gc?.()
    await new Promise((next) => setImmediate(next))
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  const mib = (bytes: number): number => bytes / 2 ** 20
  return {
    ...{ residentMiB: mib(rss), heapMiB: mib(heapUsed), externalMiB: mib(external) },
    files: readdirSync('/proc/self/fd').length,
    handles: process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length,
    cpuSeconds: (user + system) / 1e6,
    callsInFlight: plane.free.callsInFlight + plane.paid.callsInFlight,
    paid: { committed: plane.payments.committed, open: plane.payments.open },
    errors: plane.errors.slice(0, 20),
  }
}

process.on('message', () => void read().then((reading) => process.send?.({ reading })))
process.on('disconnect', () => process.exit())
process.send?.({ ports: [plane.free.address.port, plane.paid.address.port] })
