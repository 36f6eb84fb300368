import { Dice } from '../attacker/dice.js'
import { makeOddCalls, type OddCounts, PAYMENT } from './odd-calls.js'
import { makeQuickCalls, type QuickShape } from './quick-calls.js'
import { measureYardstick } from './yardstick.js'

/** Of h2load's batches; odd connections come beside them. A round has each of them once, so that rounds can be compared. */
const SHAPES: readonly (QuickShape & { readonly isPaid: boolean })[] = [
  { connections: 10, streams: 10, bytes: 100, isPaid: false },
  { connections: 10, streams: 10, bytes: 100, isPaid: true },
  { connections: 1, streams: 100, bytes: 100, isPaid: true },
  { connections: 50, streams: 2, bytes: 1_000, isPaid: false },
  { connections: 10, streams: 10, bytes: 4_096, isPaid: false },
]
const BESIDE: QuickShape = { connections: 10, streams: 10, bytes: 100 }
const QUICK_OF_EACH_ODD = 250
const MOST_IN_BATCH = 20_000
/** h2load takes no fewer calls than connections. */
const FEWEST_IN_BATCH = 100

/** What has been made in all. */
export interface Made {
  readonly calls: number
  readonly quickFailed: number
  readonly quickPaid: number
  readonly odd: OddCounts
  readonly paid: OddCounts
}

/** What some rounds took. */
export interface Times {
  /** Of each quick call at the gate, in µs. */
  readonly gate: number[]
  /** And of some at the service, without a gate between. */
  readonly beside: number[]
  readonly yardsticks: number[]
}

export interface Rounds {
  readonly made: Made
  /** Whole rounds, of some `calls` or a few more. */
  run(calls: number): Promise<Times>
}

interface RoundPorts {
  readonly free: number
  readonly paid: number
  readonly service: number
}

export function openRounds(ports: RoundPorts, { directory, seed }: { directory: string; seed: string }): Rounds {
  const [odd, paid] = [noCounts(), noCounts()]
  let [quick, quickFailed, quickPaid, batches] = [0, 0, 0, 0]
  const sum = (): number => quick + sumOf(odd) + sumOf(paid)
  const batch = async (size: number, { isPaid, ...shape }: (typeof SHAPES)[number]): Promise<number[]> => {
    const count = Math.ceil(size / QUICK_OF_EACH_ODD)
    const name = `${seed}/${++batches}`
    const port = isPaid ? ports.paid : ports.free
    const [{ failed, times }] = await Promise.all([
      makeQuickCalls(directory, { port, calls: size, headers: isPaid ? PAYMENT : [], ...shape }),
      oddBatch(ports.free, false, { sum: odd, count, seed: `${name}/odd` }),
      oddBatch(ports.paid, true, { sum: paid, count, seed: `${name}/paid` }),
    ])
    quick += size
    quickFailed += failed
    if (isPaid) quickPaid += size - failed
    return times
  }
  return {
    get made() {
      return { calls: sum(), quickFailed, quickPaid, odd, paid }
    },
    async run(calls) {
      const end = sum() + calls
      const size = Math.max(FEWEST_IN_BATCH, Math.min(MOST_IN_BATCH, Math.ceil(calls / SHAPES.length)))
      const times: Times = { gate: [], beside: [], yardsticks: [] }
      do {
        for (const shape of SHAPES) for (const time of await batch(size, shape)) times.gate.push(time)
        const beside = await makeQuickCalls(directory, { port: ports.service, calls: size, headers: [], ...BESIDE })
        quickFailed += beside.failed
        for (const time of beside.times) times.beside.push(time)
        times.yardsticks.push(measureYardstick())
      } while (sum() < end)
      return times
    },
  }
}

const noCounts = (): OddCounts => ({ answered: 0, givenUp: 0, failed: 0 })
const sumOf = ({ answered, givenUp, failed }: OddCounts): number => answered + givenUp + failed

interface OddBatch {
  readonly sum: OddCounts
  /** Of connections, one after the other. */
  readonly count: number
  readonly seed: string
}

async function oddBatch(port: number, isPaid: boolean, { sum, count, seed }: OddBatch): Promise<void> {
  for (let left = count; left > 0; left--) {
    const counts = await makeOddCalls(port, isPaid, new Dice(`${seed}/${left}`))
    for (const key of ['answered', 'givenUp', 'failed'] as const) sum[key] += counts[key]
  }
}
