/**
 * The long fuzz by command: `npm run test:fuzz [-- --minutes 10 --seed N --kinds NAME,NAME --case SEED]`; `--record-hpack FILE`
 * keeps header blocks for the tests. Prints each case that failed with the seed that repeats it, and a summary at the end,
 * with what the process held after each sixteenth of the time. `--spoil leak:N` or `files:N` makes gates that must not pass.
 */
import { parseArgs } from 'node:util'
import { renderTable } from '../../../src/client/index.js'
import { readHeld } from '../held.js'
import { openSpoil } from '../spoil.js'
import { HOW_TO_GET_IT } from './hpack-oracle.js'
import { openKinds } from './kinds.js'
import { type HeldAfter, judgeMemory } from './memory.js'
import { recordHpack } from './record-hpack.js'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now()) },
    kinds: { type: 'string' },
    case: { type: 'string' },
    lanes: { type: 'string', default: '4' },
    spoil: { type: 'string' },
    'record-hpack': { type: 'string' },
  },
})

interface Count {
  cases: number
  failed: number
}

const wanted = values.kinds?.split(',')
const counts = new Map<string, Count>()
const began = performance.now()
const limitMs = Number(values.minutes) * 60_000
const isOver = (): boolean => performance.now() - began > limitMs
const lanes = values.case === undefined ? Number(values.lanes) : 1
const onCall = openSpoil(values.spoil)
const readings: HeldAfter[] = []
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const reader = setInterval(() => {
  const cases = [...counts.values()].reduce((sum, one) => sum + one.cases, 0)
  void readHeld().then((held) => readings.push({ ...held, cases }))
}, limitMs / 16)

if (values['record-hpack'] !== undefined) {
  await recordHpack(values['record-hpack'], values.seed)
  process.exit()
}
process.on('uncaughtException', (fault) => fail('what nobody caught', [fault.stack ?? fault.message], ''))
say(`seed ${values.seed}, ${values.case === undefined ? `${values.minutes} minutes` : `case ${values.case}`}`)
await Promise.all(Array.from({ length: lanes }, (_none, lane) => run(lane)))
clearInterval(reader)
const rows = [...counts].map(([name, { cases, failed }]) => [name, String(cases), String(failed)])
say(renderTable(['kind', 'cases', 'failed'], rows))
const failed = [...counts.values()].reduce((sum, one) => sum + one.failed, 0)
const { grown, told } = judgeMemory(readings)
say(told)
for (const one of grown ?? []) say(`GROWN ${one}`)
say(`${Math.round((performance.now() - began) / 1000)} s: ${failed} failed`)
process.exitCode = failed > 0 || (grown?.length ?? 0) > 0 ? 1 : 0

async function run(lane: number): Promise<void> {
  await using opened = await openKinds(onCall)
  const kinds = opened.kinds.filter(({ name }) => wanted?.includes(name) ?? true)
  if (lane === 0 && !opened.hasOracle) say(`HPACK is not fuzzed, for want of python3-hpack.\nType:  ${HOW_TO_GET_IT}`)
  for (let n = 0; !isOver(); n++) {
    for (const kind of kinds) {
      const seed = values.case ?? `${values.seed}/${lane}/${n}`
      const count = counts.get(kind.name) ?? { cases: 0, failed: 0 }
      counts.set(kind.name, count)
      count.cases++
      const found = await kind.run(seed).catch((fault: unknown) => [String(fault)])
      if (found.length > 0) fail(kind.name, found, seed)
    }
    if (values.case !== undefined) return
  }
}

function fail(name: string, found: readonly string[], seed: string): void {
  const count = counts.get(name) ?? { cases: 0, failed: 0 }
  counts.set(name, count)
  count.failed++
  say(`FAILED --kinds '${name}' --case ${seed}\n  ${found.join('\n  ')}`)
}
