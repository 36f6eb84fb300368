import { Lifecycle } from '../../src/shared/lifecycle.js'
import { addCall } from '../measure/add-call.js'
import { runFrameLoad } from '../measure/frame-load.js'
import { runH2load } from '../measure/h2load.js'
import { Payers, type Payments } from '../measure/payers.js'
import { type Needed, Pace, takeTurns, weigh } from '../measure/turns.js'
import { openChain } from '../targets/paid.js'
import { type PaidTarget, startPaidTargets } from '../targets/paid-targets.js'
import { type Endpoint, startNghttpx, startService } from '../targets/passers.js'
import type { Bench, Part } from '../suite/bench.js'
import { valuesAt } from '../suite/figures.js'
import { nghttpxName, PAID, type Spread, spreadName } from '../suite/names.js'
import { median } from '../suite/statistics.js'

const PART = 'paid'
/** First the one with most calls, which warms up for the others too. */
const SPREADS = [
  { connections: 10, streams: 10 },
  { connections: 200, streams: 1 },
  { connections: 10, streams: 1 },
  { connections: 1, streams: 1 },
] as const
/** Some forty thousand calls: after ten thousand a fifth of what a daemon does is still the compiling of its code. */
const WARM_SECONDS = 20
const FULL = '10 × 10'
const HALF = '10 × 10, at half capacity'

/** The slowest, which has etcd to wait for, may take longer by this factor, so that the others have enough to do. */
const PATIENCE = 2

interface Stage {
  readonly bench: Bench
  readonly payers: Payers
  readonly targets: readonly PaidTarget[]
  readonly nghttpx: Endpoint
}

export const paid: Part = {
  name: PART,
  purpose:
    'paid calls of 100 B: escrow on memory, embedded (with fsync) and etcd, prepaid, free; 1 to 200 connections, and at half capacity',
  async run(bench) {
    await using life = new Lifecycle()
    const service = await startService(life)
    const network = await openChain(life, service)
    const most = Math.max(...SPREADS.map(({ connections, streams }) => connections * streams))
    const payers = await Payers.open(network, most)
    const nghttpx = await startNghttpx(life, service)
    const stage = { bench, payers, nghttpx, targets: await startPaidTargets({ life, network, service }) }
    await atFull({ ...stage, bench: { ...bench, rounds: 0, seconds: WARM_SECONDS } }, SPREADS[0])
    for (const spread of SPREADS) await atFull(stage, spread)
    await atHalf(stage)
  },
}

/** All targets answer the same calls with the same payments, as many as the slowest takes in a multiple of the time. */
async function atFull({ bench, payers, targets, nghttpx }: Stage, spread: Spread): Promise<void> {
  const { findings, rounds, seconds, directory } = bench
  const places = spread.connections * spread.streams
  const beside = places === 1 ? spread : { connections: 10, streams: 10 }
  const reference = { ...nghttpx, name: nghttpxName(spreadName(beside)) }
  const referencePace = new Pace(beside.connections * beside.streams, seconds)
  const pace = new Pace(places, seconds * PATIENCE)
  const able = targets.filter(({ most = Infinity }) => places <= most)
  let batch: Batch = { callsEach: 0, signed: () => [] }
  await takeTurns<PaidTarget | Endpoint>(findings, {
    ...{ part: PART, shape: spreadName(spread), rounds },
    targets: [reference, ...able],
    prepare() {
      const callsEach = Math.ceil(Math.min(...able.map((target) => pace.callsOf(target))) / places)
      batch = { callsEach, signed: payers.sign(places, callsEach) }
    },
    async measure(target, round) {
      if ('payments' in target) {
        const needed = await pay(target, { ...spread, ...batch })
        pace.note(target, needed, round)
        return needed
      }
      const load = { endpoint: target.endpoint, ...beside, bytes: 100, calls: referencePace.callsOf(target) }
      const needed = await weigh(target.pid, () => runH2load(directory, load))
      referencePace.note(target, needed, round)
      return needed
    },
  })
}

/** Each at half of its own most. */
async function atHalf({ bench: { findings, rounds, seconds }, payers, targets }: Stage): Promise<void> {
  const spread = { connections: 10, streams: 10 }
  const places = spread.connections * spread.streams
  const mostOf = (target: string): number =>
    median(valuesAt(findings.all, { part: PART, shape: FULL, target, figure: 'rate' }))
  const callsEach = Math.ceil((mostOf(PAID.embedded) * seconds) / 2 / places)
  let signed: Payments = () => []
  await takeTurns(findings, {
    ...{ part: PART, shape: HALF, rounds },
    targets: targets.filter(({ most = Infinity }) => places <= most),
    prepare: () => {
      signed = payers.sign(places, callsEach)
    },
    measure: async (target) => await pay(target, { ...spread, callsEach, signed, rate: mostOf(target.name) / 2 }),
  })
}

/** What was signed for one round. */
interface Batch {
  readonly callsEach: number
  readonly signed: Payments
}

interface Paying extends Spread, Batch {
  readonly rate?: number
}

async function pay({ endpoint, pid, payments }: PaidTarget, { signed, ...load }: Paying): Promise<Needed> {
  const fields = payments(signed)
  const plan = (place: number, call: number) => addCall(fields(place, call))
  return await weigh(pid, () => runFrameLoad({ endpoint, ...load, plan }))
}
