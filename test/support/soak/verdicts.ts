import type { Reading } from './gate-process.js'
import type { OddCounts } from './odd-calls.js'

/** What was read after so many calls. */
export interface Mark extends Reading {
  readonly calls: number
  readonly cpuMicros: number
  readonly p50Micros: number
  readonly p99Micros: number
}

export interface Soaked {
  /** Once the gate was warm, then at even distances. */
  readonly marks: readonly Mark[]
  readonly quickFailed: number
  readonly odd: OddCounts
  readonly paid: OddCounts
  readonly isRunning: boolean
}

export interface Verdict {
  readonly fact: string
  readonly holds: boolean
  readonly seen: string
}

const HEAP_ROOM_MIB = 8
const RESIDENT_ROOM_MIB = 40
const FEW_HANDLES = 4
const DRIFT = 1.3
/** Fewer say nothing of a drift. */
const MARKS_FOR_DRIFT = 8

export function judgeSoak({ marks, quickFailed, odd, paid, isRunning }: Soaked): Verdict[] {
  const [first, last] = [marks[0], marks.at(-1)]
  if (!first || !last) return [{ fact: 'something was read', holds: false, seen: 'no readings' }]
  const fromTo = (name: 'heapMiB' | 'residentMiB' | 'externalMiB' | 'files' | 'handles', room: number): Verdict => ({
    fact: `${name} at the end is at most ${room} above what it was`,
    holds: last[name] <= first[name] + room,
    seen: `${first[name].toFixed(1)} → ${last[name].toFixed(1)}`,
  })
  const kept = last.paid.committed
  const failed = quickFailed + odd.failed + paid.failed
  return [
    { fact: 'the gate runs on', holds: isRunning, seen: String(isRunning) },
    { fact: 'no call failed', holds: failed === 0, seen: `${failed} failed` },
    fromTo('heapMiB', HEAP_ROOM_MIB),
    fromTo('externalMiB', HEAP_ROOM_MIB),
    fromTo('residentMiB', RESIDENT_ROOM_MIB),
    fromTo('files', FEW_HANDLES),
    fromTo('handles', FEW_HANDLES),
    { fact: 'no call stays in flight', holds: last.callsInFlight === 0, seen: String(last.callsInFlight) },
    {
      fact: 'each answered call is paid, none twice, and no payment stays open',
      holds: kept >= paid.answered && kept <= paid.answered + paid.givenUp && last.paid.open === 0,
      seen: `${kept} kept, ${paid.answered} answered, ${paid.givenUp} given up, ${last.paid.open} open`,
    },
    {
      fact: 'nothing is in the log as an error',
      holds: last.errors.length === 0,
      seen: last.errors.join('; ') || 'none',
    },
    ...(marks.length < MARKS_FOR_DRIFT ? [] : [drift(marks)]),
  ]
}

/** By the processor time of a call, which other work on the machine changes least. */
function drift(marks: readonly Mark[]): Verdict {
  const quarter = Math.floor(marks.length / 4)
  const [early, late] = [marks.slice(1, 1 + quarter), marks.slice(-quarter)].map((some) =>
    median(some.map((one) => one.cpuMicros)),
  ) as [number, number]
  return {
    fact: `a call takes at most ${DRIFT} times the processor time that it took`,
    holds: late <= early * DRIFT,
    seen: `${early.toFixed(1)} → ${late.toFixed(1)} µs`,
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
