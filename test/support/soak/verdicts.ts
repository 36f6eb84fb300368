import { driftVerdicts } from './drift.js'
import type { Mark, Soaked } from './soak.js'
import type { Verdict } from './verdict.js'

/** By so much a single reading may differ from the first one; what grows little by little is judged over all of them. */
const ROOM = { heapMiB: 8, externalMiB: 8, residentMiB: 40, files: 4, handles: 4 } as const

export function judgeSoak({ marks, made, broken }: Soaked): Verdict[] {
  const [first, last] = [marks[0], marks.at(-1)]
  const ends = { fact: 'it ran to its end', holds: broken === undefined, seen: broken ?? 'as planned' }
  if (!first || !last) return [ends, { fact: 'something was read', holds: false, seen: 'no readings' }]
  const fromTo = (name: keyof typeof ROOM): Verdict => ({
    fact: `${name} at the end is at most ${ROOM[name]} above what it was`,
    holds: last[name] <= first[name] + ROOM[name],
    seen: `${first[name].toFixed(1)} → ${last[name].toFixed(1)}`,
  })
  const { odd, paid, quickFailed, quickPaid } = made
  const failed = quickFailed + odd.failed + paid.failed
  return [
    ends,
    { fact: 'no call failed', holds: failed === 0, seen: `${failed} failed` },
    ...(Object.keys(ROOM) as (keyof typeof ROOM)[]).map(fromTo),
    { fact: 'no call stays in flight', holds: last.callsInFlight === 0, seen: String(last.callsInFlight) },
    booksOf(last, paid.answered + quickPaid, paid.givenUp),
    {
      fact: 'nothing is in the log as an error',
      holds: last.errors.length === 0,
      seen: last.errors.join('; ') || 'none',
    },
    ...driftVerdicts(marks),
  ]
}

const booksOf = ({ paid: { committed, open } }: Mark, answered: number, givenUp: number): Verdict => ({
  fact: 'each answered call is paid, none twice, and no payment stays open',
  holds: committed >= answered && committed <= answered + givenUp && open === 0,
  seen: `${committed} kept, ${answered} answered, ${givenUp} given up, ${open} open`,
})
