/**
 * The soak by command: `npm run test:soak [-- --calls 24000000 --minutes N --every N --seed N --report FILE]`. Tells of the gate
 * every so many calls, and at the end which facts hold; the report is FILE.json and FILE.md.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { renderTable } from '../../../src/client/index.js'
import { runSoak } from './soak.js'
import { judgeSoak, type Mark } from './verdicts.js'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000000' },
    minutes: { type: 'string', default: 'Infinity' },
    every: { type: 'string' },
    seed: { type: 'string', default: String(Date.now()) },
    report: { type: 'string' },
  },
})

const HEAD = [
  'calls',
  'RSS MiB',
  'heap MiB',
  'external MiB',
  'files',
  'handles',
  'CPU µs',
  'p50 µs',
  'p99 µs',
  'payments',
]
const rowOf = (mark: Mark): string[] => [
  String(mark.calls),
  mark.residentMiB.toFixed(1),
  mark.heapMiB.toFixed(1),
  mark.externalMiB.toFixed(1),
  ...[mark.files, mark.handles].map(String),
  mark.cpuMicros.toFixed(1),
  ...[mark.p50Micros, mark.p99Micros, mark.paid.committed].map(String),
]
const calls = Number(values.calls)
const every = Number(values.every ?? Math.min(1_000_000, Math.max(5_000, Math.floor(calls / 20))))
const began = performance.now()
process.stdout.write(`${calls} calls, seed ${values.seed}\n${HEAD.join('  ')}\n`)
const soaked = await runSoak({
  ...{ calls, every, minutes: Number(values.minutes), seed: values.seed },
  onMark: (mark) => process.stdout.write(`${rowOf(mark).join('  ')}\n`),
})
const verdicts = judgeSoak(soaked)
const minutes = ((performance.now() - began) / 60_000).toFixed(1)
const what = `${new Date().toISOString().slice(0, 10)}: ${soaked.marks.at(-1)?.calls ?? 0} calls in ${minutes} minutes, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}`
const told = verdicts.map(({ fact, holds, seen }) => `${holds ? 'holds ' : 'FAILS '} ${fact}: ${seen}\n`).join('')
process.stdout.write(`\n${what}\n${told}`)
if (values.report !== undefined) {
  writeFileSync(
    `${values.report}.json`,
    `${JSON.stringify({ what, seed: values.seed, ...soaked, verdicts }, undefined, 2)}\n`,
  )
  const table = renderTable(HEAD, soaked.marks.map(rowOf))
  writeFileSync(
    `${values.report}.md`,
    `# Soak\n\n${what}, seed ${values.seed}.\n\n\`\`\`\n${table}\n\`\`\`\n\n\`\`\`\n${told}\`\`\`\n`,
  )
}
process.exitCode = verdicts.every(({ holds }) => holds) ? 0 : 1
