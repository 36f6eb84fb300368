import { createBertyNetwork } from '../../src/sandbox/berty/index.js'

export interface Bertys extends AsyncDisposable {
  /** HOST:PORT of each. */
  readonly endpoints: readonly string[]
}

/** Those that BERTY_ENDPOINTS names, which have to reach each other; fake ones when it is empty. */
export async function openBertys(count: number): Promise<Bertys> {
  const named = (process.env.BERTY_ENDPOINTS ?? '').split(',').filter((each) => each !== '')
  if (named.length === 0) return openFakes(count)
  if (named.length < count) throw new Error(`BERTY_ENDPOINTS names ${named.length} Bertys, ${count} are needed`)
  return { endpoints: named.slice(0, count), [Symbol.asyncDispose]: () => Promise.resolve() }
}

async function openFakes(count: number): Promise<Bertys> {
  const network = createBertyNetwork({ seed: 'suite' })
  const names = Array.from({ length: count }, (_, index) => `peer ${index}`)
  const peers = await Promise.all(names.map((name) => network.startPeer({ name })))
  return {
    endpoints: peers.map(({ endpoint }) => endpoint),
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  }
}
