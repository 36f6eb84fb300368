import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../../../src/shared/errors.js'
import { until } from '../until.js'
import { type SoakChild, startSoakChild } from './child.js'
import type { Reading } from './reading.js'
import { type Made, openRounds, type Rounds, type Times } from './rounds.js'

export interface SoakPlan {
  readonly calls: number
  /** Ends then, whatever the number of calls. */
  readonly minutes: number
  /** Calls between two readings. */
  readonly every: number
  readonly seed: string
  /** A fault on purpose. */
  readonly spoil?: string | undefined
  /** @param soFar with this mark */
  readonly onMark: (mark: Mark, soFar: Soaked) => void
}

/** What was read after so many calls, and what those since the mark before took. */
export interface Mark extends Reading {
  readonly calls: number
  /** Since the begin. */
  readonly seconds: number
  /** Of the gate's processor, for each call. */
  readonly cpuMicros: number
  /** Of the yardstick's work, in the midst of the calls. */
  readonly yardstickMicros: number
  readonly p50Micros: number
  readonly p99Micros: number
  /** Of calls to the service, without a gate between, in the midst of the others. */
  readonly besideP50Micros: number
  readonly besideP99Micros: number
}

export interface Soaked {
  /** The first once the gate was warm, then at even distances. */
  readonly marks: readonly Mark[]
  readonly made: Made
  /** Why it did not go on; undefined where it ran to its end. */
  readonly broken: string | undefined
}

/** Calls of many kinds through one gate, for as long as the plan says. */
export async function runSoak({ calls, minutes, every, seed, spoil, onMark }: SoakPlan): Promise<Soaked> {
  const directory = mkdtempSync(join(tmpdir(), 'snetd-soak-'))
  const began = performance.now()
  await using service = await startSoakChild('service-process.ts')
  const port = service.ports[0] as number
  await using gate = await startSoakChild('gate-process.ts', String(port), ...(spoil === undefined ? [] : [spoil]))
  const [free, paid] = gate.ports as [number, number]
  const rounds = openRounds({ free, paid, service: port }, { directory, seed })
  const marks: Mark[] = []
  const soFar = (broken?: string): Soaked => ({ marks, made: rounds.made, broken })
  try {
    // The first one warms up, and is counted.
    while (rounds.made.calls < calls && performance.now() < began + minutes * 60_000) {
      const mark = await nextMark({ gate, rounds, every, before: marks.at(-1), began })
      marks.push(mark)
      onMark(mark, soFar())
    }
    return soFar()
  } catch (fault) {
    return soFar(messageOf(fault))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

interface Stretch {
  readonly gate: SoakChild
  readonly rounds: Rounds
  readonly every: number
  readonly before: Mark | undefined
  readonly began: number
}

async function nextMark({ gate, rounds, every, before, began }: Stretch): Promise<Mark> {
  const made = rounds.made.calls
  const times = await rounds.run(every)
  const reading = await idleReading(() => gate.read())
  const { calls } = rounds.made
  const cpu = reading.cpuSeconds - (before?.cpuSeconds ?? 0)
  return {
    ...reading,
    calls,
    seconds: (performance.now() - began) / 1_000,
    cpuMicros: (cpu / (calls - made)) * 1e6,
    ...summaryOf(times),
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

function summaryOf({ gate, beside, yardsticks }: Times) {
  const [ofGate, ofBeside, ofYardsticks] = [gate, beside, yardsticks].map((values) => Float64Array.from(values).sort())
  const at = (sorted: Float64Array | undefined, part: number): number =>
    sorted?.[Math.floor(sorted.length * part)] ?? NaN
  return {
    ...{ p50Micros: at(ofGate, 0.5), p99Micros: at(ofGate, 0.99) },
    ...{ besideP50Micros: at(ofBeside, 0.5), besideP99Micros: at(ofBeside, 0.99) },
    yardstickMicros: at(ofYardsticks, 0.5),
  }
}
