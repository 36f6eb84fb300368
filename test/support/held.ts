import { readdirSync } from 'node:fs'

/** What a process holds once its garbage is collected. */
export interface Held {
  readonly residentMiB: number
  readonly heapMiB: number
  /** Of buffers outside of the heap. */
  readonly externalMiB: number
  readonly files: number
  readonly handles: number
}

/** Of this process, which has to be run with `--expose-gc` (Linux). */
export async function readHeld(): Promise<Held> {
  if (!globalThis.gc) throw new Error('garbage cannot be collected: run node with --expose-gc')
  for (let times = 0; times < 3; times++) {
    globalThis.gc()
    await new Promise((next) => setImmediate(next))
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  const mib = (bytes: number): number => bytes / 2 ** 20
  return {
    ...{ residentMiB: mib(rss), heapMiB: mib(heapUsed), externalMiB: mib(external) },
    files: readdirSync('/proc/self/fd').length,
    handles: process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length,
  }
}
