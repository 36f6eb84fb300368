import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Dice } from '../attacker/dice.js'
import { until } from '../until.js'
import { startSoakChild } from './child.js'
import type { Reading } from './gate-process.js'
import { makeOddCalls, type OddCounts } from './odd-calls.js'
import { makeQuickCalls } from './quick-calls.js'
import type { Mark, Soaked } from './verdicts.js'

export interface SoakPlan {
  readonly calls: number
  /** Ends then, whatever the number of calls. */
  readonly minutes: number
  /** Calls between two readings. */
  readonly every: number
  readonly seed: string
  readonly onMark: (mark: Mark) => void
}

/** Of h2load's batches; odd connections come beside them. */
const SHAPES = [
  { connections: 10, streams: 10, bytes: 100 },
  { connections: 1, streams: 100, bytes: 100 },
  { connections: 50, streams: 2, bytes: 1_000 },
  { connections: 10, streams: 10, bytes: 4_096 },
]
const QUICK_OF_EACH_ODD = 250
const BATCH = 20_000

/** Calls of many kinds through one gate, for as long as the plan says. */
export async function runSoak({ calls, minutes, every, seed, onMark }: SoakPlan): Promise<Soaked> {
  const directory = mkdtempSync(join(tmpdir(), 'snetd-soak-'))
  const end = performance.now() + minutes * 60_000
  await using service = await startSoakChild('service-process.ts')
  await using gate = await startSoakChild('gate-process.ts', String(service.ports[0]))
  const [free, paidPort] = gate.ports as [number, number]
  const [odd, paid] = [noCounts(), noCounts()]
  const marks: Mark[] = []
  let [made, quickFailed, batches] = [0, 0, 0]
  const batch = async (size: number): Promise<{ calls: number; times: number[] }> => {
    const shape = SHAPES[batches++ % SHAPES.length] as (typeof SHAPES)[number]
    const before = sumOf(odd) + sumOf(paid)
    const count = Math.ceil(size / QUICK_OF_EACH_ODD)
    const [quick] = await Promise.all([
      makeQuickCalls(directory, { port: free, calls: size, ...shape }),
      oddBatch(free, false, { sum: odd, count, seed: `${seed}/${batches}/odd` }),
      oddBatch(paidPort, true, { sum: paid, count, seed: `${seed}/${batches}/paid` }),
    ])
    quickFailed += quick.failed
    return { calls: size + sumOf(odd) + sumOf(paid) - before, times: quick.times }
  }
  // The first round warms up, and is counted.
  for (let isWarm = false; made < calls && performance.now() < end && gate.isRunning; isWarm = true) {
    const before = isWarm ? marks.at(-1) : undefined
    let [count, times] = [0, [] as number[]]
    while (count < Math.min(every, calls - made)) {
      const one = await batch(Math.min(BATCH, every))
      count += one.calls
      times = one.times
    }
    made += count
    const mark = toMark(await idleReading(() => gate.read()), { made, count, times, before })
    marks.push(mark)
    onMark(mark)
  }
  rmSync(directory, { recursive: true, force: true })
  return { marks, quickFailed, odd, paid, isRunning: gate.isRunning }
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

/** Once nothing is under way any more. */
async function idleReading(read: () => Promise<Reading>): Promise<Reading> {
  let reading = await read()
  await until(
    'no call is in flight',
    async () => {
      if (reading.callsInFlight + reading.paid.open > 0) reading = await read()
      return reading.callsInFlight + reading.paid.open === 0
    },
    { everyMs: 20, limitMs: 20_000 },
  ).catch(() => undefined)
  return reading
}

function toMark(
  reading: Reading,
  { made, count, times, before }: { made: number; count: number; times: number[]; before: Mark | undefined },
): Mark {
  const sorted = times.sort((a, b) => a - b)
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? NaN
  const cpu = reading.cpuSeconds - (before?.cpuSeconds ?? 0)
  return { ...reading, calls: made, cpuMicros: (cpu / count) * 1e6, p50Micros: at(0.5), p99Micros: at(0.99) }
}
