/**
 * The soak by command: `npm run test:soak [-- --calls 24000000 --minutes N --every N --seed N --report FILE]`. Tells of the gate
 * every so many calls, and at the end which facts hold; the report is FILE.json and FILE.md, as far as it has come after each
 * reading. `--spoil leak:N`, `files:N` or `slow:N` makes a gate that must not pass.
 */
import { parseArgs } from 'node:util'
import { HEAD, lineOf, rowOf, type Run, titleOf, writeReport } from './report.js'
import { runSoak, type Soaked } from './soak.js'
import { judgeSoak } from './verdicts.js'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000000' },
    minutes: { type: 'string', default: 'Infinity' },
    every: { type: 'string' },
    seed: { type: 'string', default: String(Date.now()) },
    report: { type: 'string' },
    spoil: { type: 'string' },
  },
})

const calls = Number(values.calls)
const every = Number(values.every ?? Math.min(1_000_000, Math.max(5_000, Math.floor(calls / 20))))
const say = (text: string): void => void process.stdout.write(`${text}\n`)

function report(soaked: Soaked, isOver: boolean): Run {
  const run = { seed: values.seed, every, spoil: values.spoil, isOver, soaked, verdicts: judgeSoak(soaked) }
  if (values.report !== undefined) writeReport(values.report, run)
  return run
}

say(`${calls} calls, seed ${values.seed}\n${HEAD.join('  ')}`)
const soaked = await runSoak({
  ...{ calls, every, minutes: Number(values.minutes), seed: values.seed, spoil: values.spoil },
  onMark(mark, soFar) {
    say(rowOf(mark).join('  '))
    report(soFar, false)
  },
})
const run = report(soaked, true)
say(`\n${titleOf(run)}\n${run.verdicts.map(lineOf).join('\n')}`)
process.exitCode = run.verdicts.some(({ holds }) => holds === false) ? 1 : 0
