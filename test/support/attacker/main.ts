/**
 * The long attack by command: `npm run test:attack [-- --minutes 60 --seed N --kinds NAME,NAME]`. Prints what was
 * attacked, what was measured and which facts hold, dated, for docs/evidence/.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { renderTable } from '../../../src/client/index.js'
import { openArena } from './arena.js'
import { runCourse, type Seen } from './course.js'
import { judge } from './facts.js'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now()) },
    kinds: { type: 'string' },
  },
})

await using arena = await openArena()
const kinds = values.kinds?.split(',')
process.stderr.write(`seed ${values.seed}, ${values.minutes} minutes\n`)
const seen = await runCourse(arena, {
  ...{ seed: values.seed, seconds: Number(values.minutes) * 60, lanes: 6, perSecond: 40 },
  ...(kinds && { kinds }),
})
const verdicts = judge(seen)
process.stdout.write(summaryOf(seen))
for (const { fact, problems } of verdicts) {
  process.stdout.write(
    `${problems.length === 0 ? 'holds ' : 'FAILS '} ${fact}\n${problems.map((one) => `  ${one}\n`).join('')}`,
  )
}
const failed = verdicts.filter(({ problems }) => problems.length > 0).length
if (failed > 0) {
  const file = join(mkdtempSync(join(tmpdir(), 'snetd-attack-')), 'acts')
  writeFileSync(file, seen.acts.map((line) => `${line}\n`).join(''))
  process.stdout.write(`\nThe last attacks, of those in ${file}:\n${seen.acts.slice(-20).join('\n')}\n`)
}
process.exitCode = failed > 0 ? 1 : 0

function summaryOf({ seed, seconds, report, gates, controlMs, quietStreams, recoveryMs, serviceCalls }: Seen): string {
  const made = Object.entries(report.made).sort(([a], [b]) => a.localeCompare(b))
  const total = made.reduce((sum, [, count]) => sum + count, 0)
  const ms = (value: number | undefined): string => (value === undefined ? 'no answer' : `${value.toFixed(1)} ms`)
  const rows = gates.map(({ name, residentMiB, usual: { before, after }, log, status, sockets }) => [
    name,
    `${residentMiB.before.toFixed(0)} → ${residentMiB.after.toFixed(0)} MiB`,
    `${ms(before.stateMs)} → ${ms(after.stateMs)}`,
    `${ms(before.paidMs)} → ${ms(after.paidMs)}`,
    `${sockets.before} → ${sockets.after}`,
    String(status?.payments_kept ?? '?'),
    String(log.length),
  ])
  const head = ['gate', 'memory', 'GetChannelState', 'a paid call', 'sockets', 'payments kept', 'log lines']
  return [
    `${new Date().toISOString().slice(0, 10)}: ${total} attacks of ${made.length} kinds in ${seconds} s, seed ${seed}, Node ${process.versions.node}`,
    renderTable(
      ['attack', 'made'],
      made.map(([name, count]) => [name, String(count)]),
    ),
    renderTable(head, rows),
    `answers came at once again after ${ms(recoveryMs)}; control port: ${ms(controlMs.before)} → ${ms(controlMs.after)}; quiet streams: ${quietStreams.join(', ')}; calls that reached the service: ${serviceCalls}\n\n`,
  ].join('\n\n')
}
