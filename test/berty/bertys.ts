import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type BertyPeer, createBertyNetwork } from '../../src/sandbox/berty/index.js'

export interface Bertys extends AsyncDisposable {
  /** HOST:PORT of each. */
  readonly endpoints: readonly string[]
  /** How long something takes that takes a second with real ones. */
  readonly scale: number
  /** Does something to one of them; undefined where nobody here can. */
  readonly control: ((act: BertyAct, at: number) => Promise<void>) | undefined
}

/** `freeze` and `thaw` as by SIGSTOP and SIGCONT; `stop` and `start` keep the store and the port. */
export type BertyAct = 'freeze' | 'thaw' | 'stop' | 'start'

const named = (process.env['BERTY_ENDPOINTS'] ?? '').split(',').filter((each) => each !== '')
/** Called with what to do and the number of the Berty among BERTY_ENDPOINTS, from 1; returns when it is done. */
const command = process.env['BERTY_CONTROL'] ?? ''

/** Whether what is done to Bertys can be done here. */
export const canControl = named.length === 0 || command !== ''

/** Those that BERTY_ENDPOINTS names, which have to reach each other, at most so many; fake ones when it is empty. */
export async function openBertys({ least, most = least }: { least: number; most?: number }): Promise<Bertys> {
  if (named.length === 0) return openFakes(most)
  if (named.length < least) throw new Error(`BERTY_ENDPOINTS names ${named.length} Bertys, ${least} are needed`)
  const run = promisify(execFile)
  const control = async (act: BertyAct, at: number): Promise<void> => {
    await run(command, [act, String(at + 1)])
  }
  return {
    endpoints: named.slice(0, most),
    scale: 1,
    control: command === '' ? undefined : control,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

async function openFakes(count: number): Promise<Bertys> {
  const network = createBertyNetwork({ seed: 'suite' })
  const names = Array.from({ length: count }, (_, index) => `peer ${index}`)
  const peers = await Promise.all(names.map((name) => network.startPeer({ name })))
  return {
    endpoints: peers.map(({ endpoint }) => endpoint),
    scale: network.settings.load.scale,
    control: (act, at) => controlFake(peers[at] as BertyPeer, act),
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  }
}

/** Error for what is none of the acts. */
export async function controlFake(peer: BertyPeer, act: BertyAct): Promise<void> {
  if (act === 'freeze') peer.hang()
  else if (act === 'thaw') peer.unhang()
  else if (act === 'stop') await peer.stop()
  else if (act === 'start') await peer.restart()
  else throw new Error(`nobody can ${String(act)} a Berty`)
}
