import { readFileSync } from 'node:fs'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { runFrameLoad } from '../measure/frame-load.js'
import { runH2load } from '../measure/h2load.js'
import { addCall } from '../measure/add-call.js'
import { Payers } from '../measure/payers.js'
import type { Bench, Part } from '../suite/bench.js'
import { afterCalls, PAID, PASSERS } from '../suite/names.js'
import { median } from '../suite/statistics.js'
import { openChain, startDaemon } from '../targets/paid.js'
import { type Endpoint, startProgram, startService } from '../targets/passers.js'

const FIGURES = 10
/** Of each figure: garbage that waits to be collected makes a single one as large as it likes. */
const READINGS = 5
const SPREAD = { connections: 10, streams: 10 }
const PLACES = SPREAD.connections * SPREAD.streams
/** Payments that are signed at a time. */
const SIGNED = 20_000

/** Memory of a process that is in RAM, in MB (Linux). */
function residentMb(pid: number): number {
  const [, kib = 'NaN'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return (Number(kib) * 1024) / 1e6
}

export const memory: Part = {
  name: 'memory',
  purpose:
    'resident memory while --calls calls go by: passed on unpaid, and paid with an embedded store (10⁶: ten minutes)',
  isApart: true,
  async run(bench) {
    await using life = new Lifecycle()
    const service = await startService(life)
    const frames = { program: 'unpaid-gate', service, env: { DATA_PLANE: 'frames' } }
    const gate = await startProgram(life, PASSERS.frames, frames)
    await watch(bench, gate, (calls) => {
      runH2load(bench.directory, { endpoint: gate.endpoint, bytes: 100, ...SPREAD, calls })
    })
    const network = await openChain(life, service)
    const payers = await Payers.open(network, PLACES)
    const daemon = await startDaemon({ life, network }, PAID.embedded, { changes: {} })
    await watch(bench, daemon, async (calls) => {
      for (let left = calls; left > 0; left -= SIGNED) {
        const callsEach = Math.ceil(Math.min(left, SIGNED) / PLACES)
        const signed = payers.sign(PLACES, callsEach)
        const plan = (place: number, call: number) => addCall(signed(place, call))
        await runFrameLoad({ endpoint: daemon.endpoint, ...SPREAD, callsEach, plan })
      }
    })
  },
}

async function watch(
  { findings, calls }: Bench,
  { name, pid }: Endpoint,
  load: (calls: number) => Promise<void> | void,
): Promise<void> {
  const add = (done: number, readings: readonly number[]): void =>
    findings.add({ part: 'memory', shape: afterCalls(done), target: name, figure: 'rss' }, median(readings))
  add(0, [residentMb(pid)])
  const step = Math.ceil(calls / FIGURES / READINGS)
  for (let figure = 1; figure <= FIGURES; figure++) {
    const done = figure * READINGS * step
    process.stderr.write(`memory: ${name}, ${done} of ${FIGURES * READINGS * step} calls …\n`)
    const readings: number[] = []
    while (readings.length < READINGS) {
      await load(step)
      readings.push(residentMb(pid))
    }
    add(done, readings)
  }
}
