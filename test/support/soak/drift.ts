import { type Growth, growthOf, READINGS_FOR_GROWTH } from '../growth.js'
import type { Mark } from './soak.js'
import type { Verdict } from './verdict.js'

/** By how much the late quarter of the readings may be above the early one. */
const MEMORY_ROOM_MIB = { heapMiB: 2, externalMiB: 2, residentMiB: 24 } as const

interface Pace {
  readonly fact: string
  /** How many times as much it may be. */
  readonly most: number
  readonly of: (mark: Mark) => number
  /** What the same machine took in the same minutes for what has nothing to do with the gate. */
  readonly beside: (mark: Mark) => number
}

const PACES: readonly Pace[] = [
  {
    fact: 'processor time of a call',
    most: 1.25,
    of: ({ cpuMicros }) => cpuMicros,
    beside: ({ yardstickMicros }) => yardstickMicros,
  },
  {
    fact: 'time in which half of the calls end',
    most: 1.4,
    of: ({ p50Micros }) => p50Micros,
    beside: ({ besideP50Micros }) => besideP50Micros,
  },
  {
    fact: 'time in which all but one in a hundred calls end',
    most: 1.6,
    of: ({ p99Micros }) => p99Micros,
    beside: ({ besideP99Micros }) => besideP99Micros,
  },
]

/** What becomes of the gate from call to call. */
export function driftVerdicts(marks: readonly Mark[]): Verdict[] {
  const names = Object.keys(MEMORY_ROOM_MIB) as (keyof typeof MEMORY_ROOM_MIB)[]
  const growth = growthOf(marks)
  if (!growth) {
    const seen = `${marks.length} readings, and it takes ${READINGS_FOR_GROWTH}`
    return [...names, 'the time of calls'].map((name) => ({ fact: `${name} does not grow`, holds: undefined, seen }))
  }
  const [from, to] = growth.of(({ calls }) => calls)
  return [
    ...names.map((name): Verdict => {
      const [before, after] = growth.of((mark) => mark[name])
      const each = ((after - before) * 2 ** 20) / (to - from)
      return {
        fact: `${name} grows by at most ${MEMORY_ROOM_MIB[name]}`,
        holds: after <= before + MEMORY_ROOM_MIB[name],
        seen: `${before.toFixed(1)} → ${after.toFixed(1)}, ${each.toFixed(2)} bytes a call`,
      }
    }),
    ...PACES.map((pace) => paceVerdict(growth, pace)),
  ]
}

/** What other work on the machine slows down is slower beside the gate, too; what the gate does to itself shows in both figures. */
function paceVerdict({ of }: Growth<Mark>, { fact, most, of: value, beside }: Pace): Verdict {
  const [before, after] = of(value)
  const [relativeBefore, relativeAfter] = of((mark) => value(mark) / beside(mark))
  const [alone, relative] = [after / before, relativeAfter / relativeBefore]
  return {
    fact: `${fact} is at most ${most} times what it was, by itself or by what the machine took beside it`,
    holds: Math.min(alone, relative) <= most,
    seen: `${before.toFixed(1)} → ${after.toFixed(1)} µs, ${alone.toFixed(2)} and ${relative.toFixed(2)} times`,
  }
}
