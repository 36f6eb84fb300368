import { openBrokenArena } from './broken-traffic.js'
import { openArena } from './compare-planes.js'
import { readBlocks, writeBlocks } from './hpack-cases.js'
import { openHpackOracle } from './hpack-oracle.js'

/** A kind of case; each depends on its seed. */
export interface Kind {
  readonly name: string
  /** @returns what must not be */
  run(seed: string): Promise<string[]>
}

export interface Kinds extends AsyncDisposable {
  readonly kinds: readonly Kind[]
  /** Whether HPACK is among them. */
  readonly hasOracle: boolean
}

/** @param onCall is told of each call at one of the gates */
export async function openKinds(onCall?: () => void): Promise<Kinds> {
  const both = await openArena(onCall)
  const framed = await openBrokenArena('frames', onCall)
  const oracle = openHpackOracle()
  const hpack = oracle && [
    { name: 'hpack-read', run: async (seed: string) => (await readBlocks(seed, oracle)).found },
    { name: 'hpack-write', run: (seed: string) => writeBlocks(seed, oracle) },
  ]
  return {
    hasOracle: oracle !== undefined,
    kinds: [
      { name: 'calls', run: (seed) => both.run(seed) },
      { name: 'faults', run: (seed) => framed.fault(seed) },
      { name: 'broken-client', run: (seed) => framed.brokenClient(seed) },
      { name: 'broken-service', run: (seed) => framed.brokenService(seed) },
      ...(hpack ?? []),
    ],
    async [Symbol.asyncDispose]() {
      await both[Symbol.asyncDispose]()
      await framed[Symbol.asyncDispose]()
      await oracle?.[Symbol.asyncDispose]()
    },
  }
}
