import { Lifecycle } from '../../src/shared/lifecycle.js'
import { runH2load, type Shape } from '../measure/h2load.js'
import { Pace, takeTurns, WARM_FACTOR, weigh } from '../measure/turns.js'
import { type Endpoint, startPassers, startService } from '../targets/passers.js'
import type { Bench, Part } from '../suite/bench.js'
import { valuesAt } from '../suite/figures.js'
import { median } from '../suite/statistics.js'

const SPREADS = [
  { connections: 1, streams: 1 },
  { connections: 1, streams: 100 },
  { connections: 10, streams: 10 },
  { connections: 100, streams: 10 },
]
const SIZES = [
  { bytes: 100, name: '100 B' },
  { bytes: 4_096, name: '4 KiB' },
  { bytes: 65_536, name: '64 KiB' },
  { bytes: 1_048_576, name: '1 MiB' },
]
/** A thousand calls of 1 MiB at once are a measure of memory, not of passing on. */
const MOST_IN_FLIGHT_BYTES = 2 ** 28
/** Of the target table: what a short run makes do with. */
const QUICK = ['100 B, 1 × 1', '100 B, 10 × 10', '64 KiB, 10 × 10']

const PART = 'passthrough'
const shapeName = (size: string, { connections, streams }: Omit<Shape, 'bytes'>): string =>
  `${size}, ${connections} × ${streams}`

const SHAPES: readonly (Shape & { readonly name: string })[] = SIZES.flatMap(({ bytes, name }) =>
  SPREADS.filter(({ connections, streams }) => bytes * connections * streams <= MOST_IN_FLIGHT_BYTES).map((spread) => ({
    ...{ bytes, ...spread },
    name: shapeName(name, spread),
  })),
)

/** What is passed on in parts has code of its own to be compiled. */
const WARMING = [100, 65_536].map((bytes) => ({ bytes, connections: 10, streams: 10, name: 'warming up' }))

export const passthrough: Part = {
  name: PART,
  purpose: 'unary calls passed on unpaid: 100 B to 1 MiB, one at a time to 100 connections × 10, and at half capacity',
  async run(bench) {
    await using life = new Lifecycle()
    const service = await startService(life)
    const targets = [...(await startPassers(life, service)), service]
    const warming = { ...bench, rounds: 0, seconds: bench.seconds * WARM_FACTOR }
    for (const shape of WARMING) await atFull(warming, shape, targets)
    for (const shape of SHAPES) if (!bench.isQuick || QUICK.includes(shape.name)) await atFull(bench, shape, targets)
    await atHalf(bench, targets)
  },
}

/** As many calls as a target answers in the time, by what it did while it warmed up. */
async function atFull(bench: Bench, shape: Shape & { readonly name: string }, targets: readonly Endpoint[]) {
  const { findings, rounds, seconds, directory } = bench
  const pace = new Pace(shape.connections * shape.streams, seconds)
  await takeTurns(findings, {
    ...{ part: PART, shape: shape.name, targets, rounds },
    async measure(target, round) {
      const { endpoint, pid } = target
      const needed = await weigh(pid, () => runH2load(directory, { ...shape, endpoint, calls: pace.callsOf(target) }))
      pace.note(target, needed, round)
      return needed
    },
  })
}

const HALF_CONNECTIONS = 10
const HALF = '100 B, at half capacity'

/** Each at half of its own most, whatever comes of it: what a client sees of a gate that is busy and not overrun. */
async function atHalf({ findings, rounds, seconds, directory }: Bench, targets: readonly Endpoint[]): Promise<void> {
  await takeTurns(findings, {
    ...{ part: PART, shape: HALF, targets, rounds },
    measure: ({ name, endpoint, pid }) => {
      const most = { part: PART, shape: '100 B, 10 × 10', target: name, figure: 'rate' } as const
      const rate = median(valuesAt(findings.all, most)) / 2
      const calls = Math.max(HALF_CONNECTIONS, Math.round(rate * seconds))
      return weigh(pid, () =>
        runH2load(directory, { bytes: 100, connections: HALF_CONNECTIONS, streams: 100, endpoint, calls, rate }),
      )
    },
  })
}
